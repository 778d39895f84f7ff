import {
  copyFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { join } from 'node:path'
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

const isLeftOut = (name: string) => /^(\.|data$|node_modules$|test$|bench$|docs$)/.test(name)

function copyProject(folder: string): void {
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(projectFolder)) {
    if (!isLeftOut(name)) copy(join(projectFolder, name), join(folder, name))
  }
  symlinkSync(join(projectFolder, 'node_modules'), join(folder, 'node_modules'))
}

// The same files under other names, where that is possible: nobody writes into them.
function copy(from: string, to: string): void {
  if (statSync(from).isDirectory()) {
    mkdirSync(to, { recursive: true })
    for (const name of readdirSync(from)) copy(join(from, name), join(to, name))
    return
  }
  try {
    linkSync(from, to)
  } catch {
    copyFileSync(from, to) // on another disk
  }
}
