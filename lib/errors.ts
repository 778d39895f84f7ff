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

/** Exit 3: the data was refused, and the warehouse is as before. */
export class DataRefused extends CommandError {
  override name = 'DataRefused'
  readonly exitCode = 3
}

/** Exit 4: the warehouse or AWS could not be reached, or refused us. */
export class Unreachable extends CommandError {
  override name = 'Unreachable'
  readonly exitCode = 4
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

/** The exit code for whatever a command threw; 1 is a fault of ours. */
export function exitCodeOf(error: unknown): number {
  const cause = original(error)
  if (cause instanceof CommandError) return cause.exitCode
  if (isConflict(cause)) return 4
  const { code = '', severity } = cause as ServerError
  if (severity === undefined) return isNetworkError(code) ? 4 : 1
  if (code === '42501' || unreachable.includes(code.slice(0, 2))) return 4
  return refusedData.includes(code.slice(0, 2)) ? 3 : 1
}

/** The server's words with detail and hint, or the error's message; no stack. */
export function describe(error: unknown): string {
  const cause = original(error)
  if (!(cause instanceof Error)) return String(cause)
  const { detail, hint, errors } = cause as ServerError & { errors?: unknown[] }
  // Node's AggregateError of a failed connection has its reasons in `errors`, and no message.
  const said = cause.message || (errors ?? []).map(describe).join('; ')
  return [said, detail, hint].filter(Boolean).join('\n')
}

/** True where the server itself spoke: an ErrorResponse, not a broken connection or a fault of ours. */
export function isServerError(error: unknown): error is ServerError & { code: string } {
  return error instanceof Error && 'severity' in error && 'code' in error
}

/**
 * True where another command was at the same tables at the same time: to be done again. Redshift says
 * 1023 (facts D), whoever makes Knex's own tables second finds them there (42P07), and Knex has a name for it.
 */
export function isConflict(error: unknown): boolean {
  const cause = original(error)
  if (!(cause instanceof Error)) return false
  if (isServerError(cause)) return cause.code === '42P07' || cause.message === '1023'
  return cause.name === 'MigrationLocked'
}

function isNetworkError(code: string): boolean {
  return /^E[A-Z]+$/.test(code) && code !== 'ENOENT'
}

// knex wraps what a seed throws.
function original(error: unknown): unknown {
  return (error as { original?: unknown } | undefined)?.original ?? error
}
