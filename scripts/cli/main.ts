import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import type { Writable } from 'node:stream'
import yargs, { type Argv, type CommandModule } from 'yargs'
import {
  describe,
  type ErrorReport,
  errorReport,
  exitCodeOf,
  OutputLost,
  UsageError,
} from '../../lib/warehouse/errors'
import { flushGuarded, guardOutput, keepSecretsOf } from '../../lib/warehouse/redact'
import { nearest } from '../../lib/warehouse/select'
import type { Environment } from '../../lib/warehouse/settings'
import { version } from '../../package.json'
import { type Look, type Meaning, type Paint, paintOf } from './colors'
import {
  beforeRest,
  checkNumbers,
  faultOfOptions,
  faultsOfNumbers,
  helpHint,
  knownOptions,
  meantValues,
  takeRest,
} from './words'
import { apart, complete, completionWord } from './complete'
import { wrapped } from './table'

/** The options that every command takes, and where its words go. */
export interface GlobalOptions {
  env: Environment
  json: boolean
  output: Output
}

/** A command: what yargs needs to parse its words, and the work, which imports what it needs itself. */
export type Command<Options = object> = Omit<
  CommandModule<GlobalOptions, GlobalOptions & Options>,
  'builder'
> & {
  builder: (yargs: Argv<GlobalOptions>) => Argv<GlobalOptions & AsTyped<Options>>
}

/** Options by the names that are typed and shown: dry-run, which yargs hands over as dryRun. */
type AsTyped<Options> = { [Name in keyof Options as Hyphened<Name & string>]: Options[Name] }

type Hyphened<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `-${Lowercase<First>}`}${Hyphened<Rest>}`
  : Name

/** What a command's words go to: a terminal, a pipe, or what collects them. */
type Screen = Writable & { isTTY?: boolean; columns?: number }

/** Where the words of one command go, and its exit code. */
export class Output implements Look {
  exitCode = 0
  /** Shows what results mean. */
  readonly paint: Paint
  #close: CloseDocument = (error) => (error ? JSON.stringify({ error }) : undefined)
  #fault: NodeJS.ErrnoException | undefined

  constructor(
    readonly stdout: Screen,
    readonly stderr: Screen,
  ) {
    this.paint = paintOf(stdout)
    stdout.on('error', this.#note)
    stderr.on('error', () => {}) // whoever does not hear the messages still has the exit code
  }

  /** How wide a table may be: a terminal's columns, without end elsewhere. */
  get width(): number {
    return widthOf(this.stdout)
  }

  /** Results, for stdout, in lines that fit it. Where nobody reads any more, the work goes on. */
  print(text: string): void {
    this.printWhole(wrapped(text, this.width))
  }

  /** The same for what programs read: its lines are as they are. */
  printWhole(text: string): void {
    this.stdout.write(`${text}\n`, this.#note)
  }

  /**
   * Results as they come, for stdout: a promise where the reader is behind, kept when it is not.
   * @throws ReaderGone, OutputLost for what was to be written before
   */
  write(text: string): Promise<void> | undefined {
    this.#throwFault()
    if (this.stdout.write(text, this.#note)) return undefined
    return this.#drained()
  }

  /** The document of --json: it is printed when the command has ended, with what ended it. */
  document(value: object): void {
    this.#close = (error) => JSON.stringify({ ...value, error })
  }

  /** A document of --json that is printed as it comes: `close` gives the rest of it, with what ended it. */
  streamDocument(close: CloseDocument): void {
    this.#close = close
  }

  /** Prints what is left of the document of --json, which is then over. */
  endDocument(error?: ErrorReport): void {
    const text = this.#close(error)
    this.#close = () => undefined
    if (text !== undefined) this.printWhole(text)
  }

  /** Messages, for stderr, in lines that fit it. @param meaning of the first line */
  tell(text: string, meaning?: Meaning): void {
    const [first = '', ...more] = text.split('\n')
    const lines = [paintOf(this.stderr)(meaning, first), ...more].join('\n')
    this.stderr.write(`${wrapped(lines, widthOf(this.stderr))}\n`, () => {})
  }

  /** Waits until all is written. @throws OutputLost where something could not be; a reader may go */
  async settled(): Promise<void> {
    flushGuarded()
    await new Promise<void>((resolve) => {
      this.stdout.write('', (error) => {
        this.#note(error)
        resolve()
      })
    })
    if (this.#fault?.code !== 'EPIPE') this.#throwFault()
  }

  readonly #note = (error?: NodeJS.ErrnoException | null): void => {
    this.#fault ??= error ?? undefined
  }

  async #drained(): Promise<void> {
    const settled = new AbortController()
    const until = (event: string) => once(this.stdout, event, settled).catch(() => {})
    await Promise.race([until('drain'), until('close')])
    settled.abort()
    this.#throwFault()
  }

  #throwFault(): void {
    if (this.#fault === undefined) return
    if (this.#fault.code === 'EPIPE') throw new ReaderGone()
    throw new OutputLost(
      `The results could not be written (${this.#fault.message}): what is there of them is not ` +
        'complete. Have them written where there is room.',
      { cause: this.#fault },
    )
  }
}

function widthOf({ isTTY, columns }: Screen): number {
  return isTTY ? columns || 80 : Infinity // a terminal that does not know its width says 0
}

/** The rest of a document, with what ended it where that is an error. */
type CloseDocument = (error?: ErrorReport) => string | undefined

/** Ends a command in silence: who read its results has enough, as `head` has. */
class ReaderGone extends Error {}

// One command per file.
const commandFolder = resolve(__dirname, '..')
const names = readdirSync(commandFolder)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length))

/** Runs `sparkify` as this process, with the words behind it. */
export async function runProcess(words: string[]): Promise<void> {
  guardOutput()
  const output = new Output(process.stdout, process.stderr)
  // Node would print it past the streams, and so past their guard.
  process.on('uncaughtException', (error) => {
    process.exitCode = report(error, words, output)
    flushGuarded()
    process.exit()
  })
  process.exitCode = await main(words, output)
}

/** Runs `sparkify` with the words behind it. @returns the exit code */
export async function main(given: string[], output: Output): Promise<number> {
  keepSecretsOf(process.env)
  const completes = given[0] === completionWord
  const words = completes ? apart(given) : isBare(given) ? ['status', ...given] : given
  try {
    // What yargs has to say itself: help, version, completions.
    let said = ''
    const program = parser(words, output)
    let options = knownOptions(program)
    await program.parseAsync(words, (_error: unknown, _options: unknown, text: string) => {
      said = text
      options = knownOptions(program)
    })
    if (completes) said = (await complete(words, said.split('\n'), options)).join('\n')
    if (said) output.printWhole(said)
    output.endDocument()
    await output.settled()
    return output.exitCode
  } catch (error) {
    if (error instanceof ReaderGone) return output.exitCode
    const exitCode = report(error, words, output)
    await output.settled().catch(() => {}) // what could not be written is less than what is reported
    return exitCode
  }
}

/** True where no command is named, and nothing asked but where one is. */
function isBare(words: string[]): boolean {
  return words.every((word) => word === '--json')
}

function report(error: unknown, words: string[], output: Output): number {
  const exitCode = exitCodeOf(error)
  // An internal error is shown with all that helps to find it.
  const isInternal = exitCode === 1 && error instanceof Error && !(error instanceof OutputLost)
  const said = (isInternal && error.stack) || describe(error)
  output.tell(said, exitCode === 130 ? 'warning' : 'error')
  if (asksForJson(words)) output.endDocument(errorReport(error))
  return exitCode
}

/** True where --json stands among the words: they may be what cannot be parsed. */
function asksForJson(words: string[]): boolean {
  const json = beforeRest(words).findLast((word) => /^--(no-)?json(=|$)/.test(word))
  return json === '--json' || json === '--json=true'
}

function parser(words: string[], output: Output) {
  const named = namesIn(words)
  const commands = load(named.length > 0 ? named : names) as Command[]
  const program = yargs(words) as Argv<unknown> as Argv<GlobalOptions>
  return program
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
    .middleware((options) => void Object.assign(options, { output }))
    .middleware(() => checkNumbers(words, program))
    .middleware((options) =>
      takeRest(
        options,
        program,
        commands.map(({ command }) => String(command)),
      ),
    )
    .command(commands)
    .demandCommand(1, 'Which command? `sparkify --help` lists them.')
    .strict()
    .strictCommands()
    .detectLocale(false) // what we say is English, so what yargs says is too
    .version(version)
    .alias({ help: 'h', version: 'v' })
    .epilogue(
      'Exit codes: 0 done, 1 internal error or output lost, 2 usage or settings, 3 data refused, 4 no warehouse.',
    )
    .exitProcess(false)
    .fail((message, error: Error | undefined) => {
      if (error && error.name !== 'YError') throw error // yargs throws some of its own refusals
      const meant = named.length === 0 && words.map((word) => nearest(word, names)).find(Boolean)
      const question = meant ? `: did you mean ${meant}?` : ''
      const said = [
        // What yargs refuses first is not all that is wrong.
        ...faultsOfNumbers(words, program),
        faultOfOptions(words, program) ?? `${message}${question}`,
        ...meantValues(named.length > 0 ? words.slice(1) : words, program),
      ].join('\n')
      throw new UsageError(`${said}\n${helpHint(program)}`)
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
