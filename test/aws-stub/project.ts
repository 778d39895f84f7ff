import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { copyProject } from '../../tools/copied-project'
import {
  type Commands,
  type Outcome,
  type Running,
  type Variables,
  projectFolder,
} from '../scripts/command'

/** The settings that `.env` can have: they are to come from there. */
const settings = [
  ...readFileSync(join(projectFolder, '.env.example'), 'utf8').matchAll(/^#?([A-Z_\d]+)=/gm),
].map(([, name]) => name!)

/** A project folder of one's own, with its own `.env`, and the commands there. */
export class Project {
  readonly envFile: string

  constructor(
    private readonly commands: Commands,
    readonly folder: string,
    private readonly variables: Variables,
  ) {
    this.envFile = join(folder, '.env')
    copyProject(folder)
  }

  /** Runs a command in the process of the tests, where it needs none of its own. */
  run(words: string[], variables: Variables = {}): Promise<Outcome> {
    const given = this.#given(variables)
    // Node reads these once, when it starts.
    if (given.NODE_DEBUG || given.NODE_EXTRA_CA_CERTS) return this.start(words, variables).ended
    return this.commands.sparkify(words, given, this.folder)
  }

  /** Starts a command in a process of its own. */
  start(words: string[], variables: Variables = {}): Running {
    const program = join(this.folder, 'scripts', 'sparkify.js')
    return this.commands.spawn([process.execPath, program, ...words], this.#given(variables))
  }

  #given(variables: Variables): Variables {
    const unset = Object.fromEntries(settings.map((name) => [name, undefined]))
    return { ...unset, ...this.variables, ...variables }
  }
}
