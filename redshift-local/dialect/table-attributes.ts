import { SqlError } from '../errors'
import { type Cursor } from './cursor'
import { type Design } from './design'

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
  if (!cursor.is('yes') && !cursor.is('no')) throw cursor.syntaxError()
  design.backup = cursor.next().value === 'yes'
  return true
}

const styles = ['auto', 'even', 'key', 'all'] as const

function readDistStyle(cursor: Cursor, design: Design): boolean {
  if (!cursor.take('diststyle')) return false
  const style = styles.find((word) => cursor.take(word))
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
  const style = (['compound', 'interleaved'] as const).find((word) => cursor.take(word))
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

/** A design with Redshift's defaults where nothing was given (facts B, Defaults). */
export function withDefaults(design: Design): Design {
  const encoded = design.columns?.some((column) => column.encode) ?? false
  return {
    ...design,
    diststyle: design.diststyle ?? (design.distkey === undefined ? 'auto' : 'key'),
    sortstyle: design.sortstyle ?? 'auto',
    encodeAuto: design.encodeAuto ?? !encoded,
  }
}
