import { performance } from 'node:perf_hooks'
import type { ClientBase, Pool } from 'pg'

/** One statement that a session ran, or runs. */
export interface LoggedStatement {
  /** Its number, of the same row as those of COPYs. */
  query: number
  /** That of the first statement of its transaction. */
  xid: number
  pid: number
  user: string
  label: string
  text: string
  /** Milliseconds since 1970, in steps of microseconds. */
  start: number
  end: number | undefined
  rows: number | undefined
  error: string | undefined
}

/** So many statements are remembered, the latest. */
const mostRemembered = 2000
/** What of a text is handed on: the most that a column of the system relations holds. */
const longestText = 4000

/** Numbers of queries come from the database in blocks of this many. */
const blockSize = 1000

/** The first of a block of numbers that nobody else has. */
export async function blockOfNumbers(client: ClientBase | Pool): Promise<number> {
  const sql = `select nextval('redshift_catalog.query_id') * ${blockSize} as first`
  const { rows } = await client.query<{ first: string }>(sql)
  return Number(rows[0]!.first)
}

/**
 * What the sessions of a server ran, in its memory: no statement waits for a note of it. The engine is told
 * when a statement reads the relations that show it (09-statements.sql).
 */
export class StatementLog {
  readonly #statements: LoggedStatement[] = []
  #oldest = 0
  #fetching = false

  constructor(
    /** The number of the next statement. */
    private next: number,
    private readonly log: Pool,
  ) {}

  /** Notes that a session begins a statement: `xid` is absent where a transaction begins with it. */
  begin(given: {
    pid: number
    user: string
    label: string
    xid?: number | undefined
    text: string
  }): LoggedStatement {
    const query = this.next++
    if (this.next % blockSize === blockSize / 2) this.#fetch()
    // All fields at once, and no spread: that would cost ten times as much.
    const statement: LoggedStatement = {
      query,
      xid: given.xid ?? query,
      pid: given.pid,
      user: given.user,
      label: given.label,
      text: copied(given.text),
      start: now(),
      end: undefined,
      rows: undefined,
      error: undefined,
    }
    this.#statements[this.#oldest] = statement
    this.#oldest = (this.#oldest + 1) % mostRemembered
    return statement
  }

  /** Notes what became of it. */
  end(statement: LoggedStatement, rows?: number, error?: string): void {
    statement.end = now()
    statement.rows = rows
    statement.error = error
  }

  /** A COPY brought a block of its own: numbers go on behind it. */
  goOnBehind(query: number): void {
    this.next = query + 1
  }

  /** All that is remembered, the oldest first, as JSON for the engine. */
  toJson(): string {
    return JSON.stringify(this.#ordered.map((one) => ({ ...one, text: withoutSecrets(one.text) })))
  }

  /** The latest statement of a session that ran on compute nodes there; -1 for none. */
  lastQuery(pid: number): number {
    return this.#ordered.findLast((one) => one.pid === pid && isQuery(one.text))?.query ?? -1
  }

  get #ordered(): LoggedStatement[] {
    return [...this.#statements.slice(this.#oldest), ...this.#statements.slice(0, this.#oldest)]
  }

  #fetch(): void {
    if (this.#fetching) return
    this.#fetching = true
    blockOfNumbers(this.log)
      .then((first) => (this.next = first))
      .catch(() => {}) // numbers go on in what would be another's block
      .finally(() => (this.#fetching = false))
  }
}

function now(): number {
  return performance.timeOrigin + performance.now()
}

// A part of a text would keep the whole in memory, which may be of 16 MB.
function copied(text: string): string {
  return Buffer.from(text.slice(0, longestText)).toString()
}

// Redshift shows no password and no key either.
function withoutSecrets(text: string): string {
  return text.replace(secret, "$1$2'***'")
}

const secret =
  /\b(password|credentials|access_key_id|secret_access_key|session_token|token|master_symmetric_key)(\s+(?:as\s+)?)'(?:[^'\\]|''|\\.)*('|$)/gi

// What reads nothing, or the catalog alone, is the leader node's.
function isQuery(text: string): boolean {
  if (/^\W*(insert|update|delete|merge|copy|unload)\b/i.test(text)) return true
  if (!/^\W*(select|with|create\s+(local\s+)?(temp|temporary)?\s*table)\b/i.test(text)) return false
  return /\bfrom\b/i.test(text) && !ofCatalog.test(text)
}

const ofCatalog = /\b((pg|stl|stv|svl|svv|svcs|sys)_\w+|information_schema)\b/i
