import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import yargs, { type CommandModule } from 'yargs'
import { describe, exitCodeOf, UsageError } from '../../lib/warehouse/errors'
import { guardOutput, keepSecretsOf } from '../../lib/warehouse/redact'
import { nearest } from '../../lib/warehouse/select'
import type { Environment } from '../../lib/warehouse/settings'
import { version } from '../../package.json'
import { completionWord, namesFor } from './complete'

/** The options that every command takes. */
export interface GlobalOptions {
  env: Environment
  json: boolean
}

/** A command: what yargs needs to parse its words, and the work, which imports what it needs itself. */
export type Command<Options = object> = CommandModule<GlobalOptions, GlobalOptions & Options>

// One command per file.
const commandFolder = resolve(__dirname, '..')
const names = readdirSync(commandFolder)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length))

/** Runs `sparkify` with the words behind it, and sets the exit code. */
export async function main(words: string[]): Promise<void> {
  keepSecretsOf(process.env)
  guardOutput()
  // Node would print it past the streams, and so past their guard.
  process.on('uncaughtException', (error) => {
    report(error)
    process.exit()
  })
  try {
    await parser(words).parseAsync()
    if (words[0] === completionWord) for (const name of await namesFor(words)) console.log(name)
  } catch (error) {
    report(error)
  }
}

function report(error: unknown): void {
  const exitCode = exitCodeOf(error)
  // A fault of ours is shown with all that helps to find it.
  console.error(exitCode === 1 && error instanceof Error ? error.stack : describe(error))
  process.exitCode = exitCode
}

function parser(words: string[]) {
  const named = namesIn(words)
  const help = ['sparkify', ...named.slice(0, 1), '--help'].join(' ')
  return yargs(words)
    .scriptName('sparkify')
    .usage('$0 <command>\n\nThe Sparkify warehouse: on the local Redshift, or on Amazon Redshift.')
    .option('env', {
      choices: ['development', 'production'] as const,
      default: 'development' as const,
      describe: 'the local Redshift, or Amazon Redshift by the settings of .env',
    })
    .option('json', {
      type: 'boolean',
      default: false,
      describe: 'print one JSON document on stdout',
    })
    .command(load(named.length > 0 ? named : names) as Command[])
    .demandCommand(1, 'Which command? `sparkify --help` lists them.')
    .strict()
    .strictCommands()
    .detectLocale(false) // what we say is English, so what yargs says is too
    .version(version)
    .alias({ help: 'h', version: 'v' })
    .epilogue(
      'Exit codes: 0 done, 1 a fault of ours, 2 usage or settings, 3 data refused, 4 no warehouse.',
    )
    .exitProcess(false)
    .fail((message, error: Error | undefined) => {
      const meant = named.length === 0 && words.map((word) => nearest(word, names)).find(Boolean)
      const question = meant ? `: did you mean ${meant}?` : ''
      throw error ?? new UsageError(`${message}${question}\n\`${help}\` shows what there is.`)
    })
}

/** The commands that are named: only these are loaded, where there are any. */
function namesIn(words: string[]): string[] {
  return words.filter((word) => names.includes(word))
}

function load(commands: string[]): unknown[] {
  const required = createRequire(__filename) as (path: string) => unknown
  return commands.map((name) => required(join(commandFolder, `${name}.ts`)))
}
