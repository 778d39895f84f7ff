import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { objectStore } from '../../../object-store/index'
import type { ObjectStore } from '../../../object-store/store'
import { type CopyOutcome, type CopyRunOptions, runCopy } from '../../../redshift-local/copy/load'
import { parseCopy } from '../../../redshift-local/copy/statement'
import type { TableColumn } from '../../../redshift-local/copy/column'
import { tokenize } from '../../../redshift-local/dialect/tokens'

/** A column from a line of DDL such as `name character varying(10) not null`. */
export function column(ddl: string): TableColumn {
  const [, name, type, first, second, rest] =
    /^(\w+) ([a-z ]+?)(?:\((\d+)(?:,(\d+))?\))?( not null| identity)?$/.exec(ddl)!
  const size = Number(first)
  return {
    name: name!,
    type: type!,
    notNull: rest !== undefined,
    hasDefault: false,
    ...(first && type!.startsWith('character') && { length: size }),
    ...(first && type === 'numeric' && { precision: size, scale: Number(second) }),
    ...(rest === ' identity' && { identity: 'always' as const }),
  }
}

/** A folder of buckets that is removed after the tests of this suite. */
export function buckets(): {
  folder: string
  put: (path: string, content: string | Buffer) => void
} {
  const folder = mkdtempSync(join(tmpdir(), 'buckets-'))
  after(() => rmSync(folder, { recursive: true }))
  return {
    folder,
    put: (path, content) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), content)
    },
  }
}

export interface Copied extends CopyOutcome {
  /** In PostgreSQL's COPY text format. */
  lines: string[]
}

/** Runs `copy t from <rest>`, or all of `sql` where it begins with copy, with the columns of t. */
export async function copy(
  folder: string,
  sql: string,
  columns: string[],
  { list, ...options }: CopyRunOptions & Partial<Pick<ObjectStore, 'list'>> = {},
): Promise<Copied> {
  const statement = parseCopy(tokenize(sql.startsWith('copy') ? sql : `copy t from ${sql}`))
  const written: Buffer[] = []
  const write = (rows: Buffer, free: () => void) => {
    written.push(Buffer.from(rows))
    rows.fill(0) // what is free may hold anything
    free()
    return Promise.resolve()
  }
  const store = objectStore({
    folders: [folder],
    ...(statement.region && { region: statement.region }),
    ...(statement.keys && { keys: statement.keys }),
  })
  if (list) store.list = list
  const outcome = await runCopy(statement, columns.map(column), store, { write }, options)
  return { ...outcome, lines: Buffer.concat(written).toString().split('\n').slice(0, -1) }
}

/** The error that a promise or function ends with. */
export async function failure(work: Promise<unknown> | (() => unknown)): Promise<Error> {
  try {
    await (typeof work === 'function' ? work() : work)
  } catch (error) {
    return error as Error
  }
  throw new Error('no error came')
}
