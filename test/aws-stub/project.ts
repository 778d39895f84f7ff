import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { copyProject } from '../copied-project'
import { type Commands, type Running, type Variables, projectFolder } from '../scripts/command'

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

  start(words: string[], variables: Variables = {}): Running {
    const given = { ...this.variables, ...variables }
    const unset = settings.filter((name) => !(name in given)).flatMap((name) => ['-u', name])
    const program = join(this.folder, 'scripts', 'sparkify.js')
    return this.commands.spawn(['env', ...unset, process.execPath, program, ...words], given)
  }
}
