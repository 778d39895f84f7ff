import { SqlError } from '../errors'
import { catalogCall } from './catalog-calls'
import { refused } from './check'
import type { Cursor } from './tokens'

/** What Redshift knows of a table beyond what the engine knows; the catalog records it. */
export interface Design {
  /** Absent: where CREATE TABLE puts a table. `pg_temp`: a temporary one. */
  schema?: string
  table: string
  ifNotExists?: boolean
  /** Made from a query: the engine chose the types. */
  fromQuery?: boolean
  like?: { schema?: string; name: string }
  diststyle?: 'auto' | 'even' | 'key' | 'all'
  /** A column, or its position in a CREATE TABLE AS. */
  distkey?: string
  sortstyle?: 'auto' | 'none' | 'compound' | 'interleaved'
  sortkey?: string[]
  backup?: boolean
  encodeAuto?: boolean
  columns?: { name: string; encode?: string; identity?: [number, number] }[]
  constraints?: DeclaredConstraint[]
}

/** A key that is declared and not enforced (facts B). */
export interface DeclaredConstraint {
  name?: string
  kind: 'p' | 'u' | 'f'
  columns: string[]
  references?: { schema?: string; name: string; columns?: string[] }
}

/** The statement that records a design, with Redshift's defaults where nothing was given (facts B, Defaults). */
export function recordTable(design: Design): string {
  const encoded = design.columns?.some((column) => column.encode) ?? false
  return catalogCall('record_table', {
    ...design,
    diststyle: design.diststyle ?? (design.distkey === undefined ? 'auto' : 'key'),
    sortstyle: design.sortstyle ?? 'auto',
    encodeAuto: design.encodeAuto ?? !encoded,
  })
}

/** What follows the columns of CREATE TABLE, or the name in CREATE TABLE AS (facts B). */
export function readTableAttributes(cursor: Cursor, design: Design): void {
  while (attributes.some((read) => read(cursor, design))) continue
}

type Attribute = (cursor: Cursor, design: Design) => boolean

const attributes: Attribute[] = [
  readBackup,
  readDistStyle,
  readDistKey,
  readSortKey,
  readEncodeAuto,
]

function readBackup(cursor: Cursor, design: Design): boolean {
  if (!cursor.take('backup')) return false
  const answer = cursor.takeOneOf('yes', 'no')
  if (!answer) throw cursor.syntaxError()
  design.backup = answer === 'yes'
  return true
}

const styles = ['auto', 'even', 'key', 'all'] as const

function readDistStyle(cursor: Cursor, design: Design): boolean {
  if (!cursor.take('diststyle')) return false
  const style = cursor.takeOneOf(...styles)
  if (!style) throw cursor.syntaxError()
  if (design.diststyle) throw new SqlError('42601', 'conflicting or redundant DISTSTYLE clauses')
  design.diststyle = style
  return true
}

function readDistKey(cursor: Cursor, design: Design): boolean {
  if (!cursor.take('distkey')) return false
  const columns = readKeys(cursor)
  if (columns.length !== 1) throw new SqlError('42601', 'DISTKEY takes exactly one column')
  setDistKey(design, columns[0]!)
  return true
}

function readSortKey(cursor: Cursor, design: Design): boolean {
  const style = cursor.takeOneOf('compound', 'interleaved')
  if (style) cursor.expect('sortkey')
  else if (!cursor.take('sortkey')) return false
  if (!style && cursor.take('auto')) setSortKey(design, 'auto', [])
  else setSortKey(design, style ?? 'compound', readKeys(cursor))
  return true
}

function readEncodeAuto(cursor: Cursor, design: Design): boolean {
  if (!cursor.take('encode')) return false
  cursor.expect('auto')
  design.encodeAuto = true
  return true
}

/** Names, or positions, which CREATE TABLE AS takes as well. */
export function readKeys(cursor: Cursor): string[] {
  return cursor.group().map((tokens) => {
    const [token, ...more] = tokens
    if (!token || more.length > 0) throw cursor.syntaxError()
    return token.kind === 'number' ? token.text : token.value.toLowerCase()
  })
}

export function setDistKey(design: Design, column: string): void {
  if (design.distkey !== undefined) {
    throw new SqlError('42P16', `Table "${design.table}" cannot have more than one DISTKEY column.`)
  }
  design.distkey = column
}

const mostKeys = { compound: 400, interleaved: 8, auto: 0 }

export function setSortKey(design: Design, style: keyof typeof mostKeys, columns: string[]): void {
  if (design.sortstyle !== undefined) {
    throw new SqlError('42P16', `Table "${design.table}" cannot have more than one SORTKEY clause.`)
  }
  if (columns.length > mostKeys[style]) {
    const message = `${style.toUpperCase()} SORTKEY takes at most ${mostKeys[style]} columns, not ${columns.length}`
    throw new SqlError('54011', message)
  }
  design.sortstyle = style
  design.sortkey = columns
}

/** Facts B: DISTSTYLE KEY and a DISTKEY need each other. */
export function checkDistribution(design: Design): void {
  if (design.diststyle === 'key' && design.distkey === undefined) {
    throw new SqlError('42P16', 'DISTSTYLE KEY requires a DISTKEY column')
  }
  if (design.distkey !== undefined && (design.diststyle ?? 'key') !== 'key') {
    const style = design.diststyle!.toUpperCase()
    throw new SqlError('42P16', `DISTKEY cannot be given with DISTSTYLE ${style}: only with KEY`)
  }
}

/** UNIQUE, PRIMARY KEY or FOREIGN KEY, `CONSTRAINT name` before it; undefined where something else is next. */
export function readConstraint(cursor: Cursor, command: string): DeclaredConstraint | undefined {
  const named = cursor.take('constraint') ? { name: cursor.name() } : {}
  if (cursor.is('check')) throw refused('check', command)
  if (cursor.is('exclude')) throw refused('exclude', command)
  const constraint = cursor.take('unique')
    ? { ...named, kind: 'u' as const, columns: cursor.names() }
    : cursor.take('primary', 'key')
      ? { ...named, kind: 'p' as const, columns: cursor.names() }
      : cursor.take('foreign', 'key')
        ? { ...named, kind: 'f' as const, ...readForeignKey(cursor) }
        : undefined
  if (!constraint && named.name !== undefined) throw cursor.syntaxError()
  if (constraint) cursor.expectEnd()
  return constraint
}

function readForeignKey(cursor: Cursor): Pick<DeclaredConstraint, 'columns' | 'references'> {
  const columns = cursor.names()
  cursor.expect('references')
  return { columns, references: readReference(cursor) }
}

/** What follows REFERENCES; actions and DEFERRABLE are in no grammar of Redshift (facts C). */
export function readReference(cursor: Cursor): NonNullable<DeclaredConstraint['references']> {
  const table = cursor.qualifiedName()
  return cursor.is('(') ? { ...table, columns: cursor.names() } : table
}
