import { ObjectStoreError } from '../../object-store/store'

/**
 * What ends a command, one class per exit code (see the README). A message says what was found, what
 * was expected and what to do.
 */
abstract class CommandError extends Error {
  abstract readonly exitCode: number
}

/** Exit 2: wrong usage or settings, all faults of them in one message. */
export class UsageError extends CommandError {
  override name = 'UsageError'
  readonly exitCode = 2
}

/** One thing that is wrong with the data, and where; what is not known is left out. */
export interface DataFault {
  what: string
  /** How often it occurred, where it did more than once. */
  count?: number | undefined
  file?: string | undefined
  /** From 1 on. */
  line?: number | undefined
  table?: string | undefined
  column?: string | undefined
  value?: unknown
  expected?: unknown
  /** err_code of stl_load_errors. */
  code?: number | undefined
  audit?: string | undefined
  question?: string | undefined
  remedy?: string | undefined
}

/** Exit 3: the data was refused, and the warehouse is as before. */
export class DataRefused extends CommandError {
  override name = 'DataRefused'
  readonly exitCode = 3
  readonly findings: DataFault[]

  constructor(said: string, { findings = [], ...options }: ErrorOptions & Findings = {}) {
    super(said, options)
    this.findings = findings
  }
}

interface Findings {
  findings?: DataFault[]
}

/** Exit 4: the warehouse or AWS could not be reached, or refused us. */
export class Unreachable extends CommandError {
  override name = 'Unreachable'
  readonly exitCode = 4
}

/** Exit 1: what was to be printed could not be written, so what was is not complete. */
export class OutputLost extends CommandError {
  override name = 'OutputLost'
  readonly exitCode = 1
}

/** Exit 130: stopped by Ctrl-C, and what was not committed is rolled back. */
export class Interrupted extends CommandError {
  override name = 'Interrupted'
  readonly exitCode = 130
  constructor(said = 'Stopped: what was not finished is rolled back.', options?: ErrorOptions) {
    super(said, options)
  }
}

/** What the server said, with the fields that pg and knex leave on an error of theirs. */
interface ServerError extends Error {
  code?: string
  detail?: string
  hint?: string
  severity?: string
}

const unreachable = ['08', '28', '3D', '53', '57', '58']
const refusedData = ['22', '23', 'XX']

/** The exit code for whatever a command threw; 1 is an internal error. */
export function exitCodeOf(error: unknown): number {
  const cause = original(error)
  if (cause instanceof CommandError) return cause.exitCode
  if (isSyntaxError(cause)) return 2
  if (isConflict(cause)) return 4
  if (cause instanceof ObjectStoreError) return cause.code === 'unreachable' ? 4 : 3
  if (!isServerError(cause)) {
    const isRefused = cause instanceof Error && adviceOn(cause) !== undefined
    const isCut = isLostConnection(cause) || isNetworkError((cause as ServerError).code ?? '')
    return isRefused || isCut ? 4 : 1
  }
  const { code } = cause
  if (code === '42501' || unreachable.includes(code.slice(0, 2))) return 4
  return refusedData.includes(code.slice(0, 2)) ? 3 : 1
}

/** What ended a command, as --json prints it. */
export interface ErrorReport {
  kind: 'usage' | 'data' | 'warehouse' | 'output' | 'interrupted' | 'internal'
  exitCode: number
  message: string
  findings?: DataFault[]
}

const kinds: Record<number, ErrorReport['kind']> = {
  2: 'usage',
  3: 'data',
  4: 'warehouse',
  130: 'interrupted',
}

/** What a command threw, for programs: by its exit code, with what is wrong with the data. */
export function errorReport(error: unknown): ErrorReport {
  const cause = original(error)
  const exitCode = exitCodeOf(cause)
  const kind = cause instanceof OutputLost ? 'output' : (kinds[exitCode] ?? 'internal')
  const findings = cause instanceof DataRefused ? cause.findings : []
  const message = describe(cause)
  return { kind, exitCode, message, ...(findings.length > 0 && { findings }) }
}

/** True for a file of the project's that is no TypeScript: ts-node's error says its line. */
function isSyntaxError(error: unknown): boolean {
  return error instanceof Error && error.name === 'TSError'
}

/** The server's words with detail and hint, or the error's message; no stack. */
export function describe(error: unknown): string {
  const cause = original(error)
  if (!(cause instanceof Error)) return String(cause)
  const { errors } = cause as { errors?: unknown[] }
  const { detail, hint } = cause as ServerError
  // Node's AggregateError of a failed connection has its reasons in `errors`, and no message.
  const said = cause.message || (errors ?? []).map(describe).join('; ')
  return [said, detail, hint, adviceOn(cause)].filter(Boolean).join('\n')
}

/** True where the server itself spoke: an ErrorResponse, not a broken connection or an internal error. */
export function isServerError(error: unknown): error is ServerError & { code: string } {
  return error instanceof Error && 'severity' in error && 'code' in error
}

/**
 * True for what the server refuses of a statement itself, whatever the rows are: syntax, names and what
 * Redshift does not do (SQLSTATE classes 42 and 0A), and all that would be an internal error else, as a
 * limit that it exceeds, or what depends on a table that it drops. It is whoever wrote it who can mend it.
 */
export function isOfStatement(error: unknown): boolean {
  if (!isServerError(error) || error.code === '42501') return false
  return /^(42|0A)/.test(error.code) || exitCodeOf(error) === 1
}

/** What Redshift says when another transaction was in the way (facts D), in its documented words. */
const conflicts = [
  /\b1023\b/, // Serializable isolation violation
  /conflict with concurrent transaction/i,
  /could not open relation with OID/i,
  /could not serialize access/i,
]

/**
 * True where another command was at the same tables at the same time: to be done again. Whoever makes
 * Knex's own tables second finds them there (42P07), and Knex has a name for its lock being taken. Class 40
 * is what the server rolls back for the sake of others, as in a deadlock.
 */
export function isConflict(error: unknown): boolean {
  const cause = original(error)
  if (!(cause instanceof Error)) return false
  if (!isServerError(cause)) return cause.name === 'MigrationLocked'
  return /^(42P07|40)/.test(cause.code) || conflicts.some((words) => words.test(describe(cause)))
}

/** True where the connection broke: what it had not committed is rolled back. */
export function isLostConnection(error: unknown): boolean {
  const cause = original(error)
  if (!(cause instanceof Error) || isServerError(cause)) return false
  const { code = '' } = cause as NodeJS.ErrnoException
  const lost = ['ECONNRESET', 'EPIPE', 'ETIMEDOUT']
  return lost.includes(code) || cause.message === 'Connection terminated unexpectedly'
}

function isNetworkError(code: string): boolean {
  return /^E[A-Z]+$/.test(code) && code !== 'ENOENT'
}

// knex wraps what a seed throws.
function original(error: unknown): unknown {
  return (error as { original?: unknown } | undefined)?.original ?? error
}

/** Why no session with the warehouse came about, and what to do. */
interface Advice {
  /** The code that Node gives the error; else pg's words, where it has no code. */
  of: RegExp
  say: string
}

const advices: Advice[] = [
  {
    of: /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    say:
      "The certificate of the server is for another address, so it may not be the warehouse's: " +
      'nothing was sent to it. Set REDSHIFT_HOST to the address that AWS gives the cluster.',
  },
  {
    of: /^([A-Z_]*CERT[A-Z_]*|UNABLE_TO_VERIFY_LEAF_SIGNATURE)$/,
    say:
      'The certificate of the server is signed by nobody whom this machine trusts, or is out of ' +
      'date, so it may not be the warehouse: nothing was sent to it. Check REDSHIFT_HOST and the ' +
      'clock; NODE_EXTRA_CA_CERTS can name the file of a private certificate authority.',
  },
  {
    of: /^The server does not support SSL connections$/,
    say:
      'A password goes over encrypted connections only, and Redshift offers them. Check ' +
      'REDSHIFT_HOST and REDSHIFT_PORT.',
  },
  {
    of: /^(There was an error establishing an SSL connection|received invalid response: .*)$/,
    say:
      'What answers there is no warehouse, or one that takes no connections now. Check REDSHIFT_HOST ' +
      'and REDSHIFT_PORT: `sparkify cluster status` shows where it is; then run the command again.',
  },
  {
    of: /^E[MN]FILE$/,
    say:
      'No more files may be open at once, and a connection is one: raise the limit (`ulimit -n 1024`), and ' +
      'run the command again.',
  },
  {
    of: /^28(000|P01)$/,
    say:
      'The warehouse refused the sign-in: the name or the password is wrong, or what was temporary has ' +
      'expired. Check REDSHIFT_SIGN_IN and what goes with it, and run the command again.',
  },
  {
    of: /^Knex: Timeout acquiring a connection\./,
    say:
      'All connections that this command may have were busy for a minute, or none came about. ' +
      'Run the command again; `sparkify cluster status` shows whether the warehouse answers.',
  },
  {
    of: /^(ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ENETUNREACH)$/,
    say:
      'Nothing answers there. Check the network; if it is the warehouse, check REDSHIFT_HOST and ' +
      'REDSHIFT_PORT too: `sparkify cluster status` shows where it is.',
  },
  {
    of: /^(Connection terminated( unexpectedly)?|Client has encountered a connection error and is not queryable)$/,
    say:
      'The server hung up. Run the command again: what was not finished is rolled back. Where it ' +
      'hangs up at once, check that REDSHIFT_HOST and REDSHIFT_PORT are those of the warehouse.',
  },
  {
    of: /^timeout expired$/,
    say:
      'The warehouse did not answer in time. Its firewall rule may not let this address in, or it ' +
      'is paused or private: `sparkify cluster status` shows it. Check REDSHIFT_HOST and ' +
      'REDSHIFT_PORT as well.',
  },
]

/** What to do about an error on the way to a session; undefined where it is another error. */
export function adviceOn(error: Error): string | undefined {
  const { code } = error as NodeJS.ErrnoException
  return advices.find(({ of }) => of.test(code ?? error.message))?.say
}
