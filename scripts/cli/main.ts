import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import yargs, { type CommandModule } from 'yargs'
import { version } from '../../package.json'
import { UsageError, describe, exitCodeOf } from '../../lib/errors'
import type { Environment } from '../../lib/settings'

/** The options that every command takes. */
export interface GlobalOptions {
  env: Environment
  json: boolean
}

/** A command: what yargs needs to parse its words, and the work, which imports what it needs itself. */
export type Command<Options = object> = CommandModule<GlobalOptions, GlobalOptions & Options>

// One command per file.
const commandFolder = resolve(__dirname, '..')

/** Runs `sparkify` with the words behind it, and sets the exit code. */
export async function main(words: string[]): Promise<void> {
  try {
    await parser(words).parseAsync()
  } catch (error) {
    const exitCode = exitCodeOf(error)
    // A fault of ours is shown with all that helps to find it.
    console.error(exitCode === 1 && error instanceof Error ? error.stack : describe(error))
    process.exitCode = exitCode
  }
}

function parser(words: string[]) {
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
    .command(commandsFor(words) as Command[])
    .demandCommand(1, 'Which command? `sparkify --help` lists them.')
    .strict()
    .version(version)
    .alias({ help: 'h', version: 'v' })
    .epilogue(
      'Exit codes: 0 done, 1 a fault of ours, 2 usage or settings, 3 data refused, 4 no warehouse.',
    )
    .exitProcess(false)
    .fail((message, error: Error | undefined) => {
      throw error ?? new UsageError(`${message}\n\`sparkify --help\` shows what there is.`)
    })
}

/** The command that was named, else all: a command loads only what it uses. */
function commandsFor(words: string[]): unknown[] {
  const names = readdirSync(commandFolder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
  const named = names.filter((name) => words.includes(name))
  const load = createRequire(__filename) as (path: string) => unknown
  return (named.length > 0 ? named : names).map((name) => load(join(commandFolder, `${name}.ts`)))
}
