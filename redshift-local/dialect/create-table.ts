import { SqlError } from '../errors'
import { checkRefused, type Column, engineColumn, readColumn, readReference } from './columns'
import { carryOut, type Source, sourceOf, type Statement } from './rewrite'
import { Cursor, quoteFully, quoteLiteral } from './tokens'

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

/** The statement that calls a function of the catalog with one JSON argument. */
export function call(name: string, argument: object): string {
  return `select redshift_catalog.${name}(${quoteLiteral(JSON.stringify(argument))}::jsonb)`
}

/** What follows the columns of CREATE TABLE, or the name in CREATE TABLE AS (facts B). */
function readTableAttributes(cursor: Cursor, design: Design): void {
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

function setDistKey(design: Design, column: string): void {
  if (design.distkey !== undefined) {
    throw new SqlError('42P16', `Table "${design.table}" cannot have more than one DISTKEY column.`)
  }
  design.distkey = column
}

const mostKeys = { compound: 400, interleaved: 8, auto: 0 }

function setSortKey(design: Design, style: keyof typeof mostKeys, columns: string[]): void {
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
function checkDistribution(design: Design): void {
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

/** CREATE TABLE and CREATE TABLE AS (facts B). */
export function createTable(source: Source): Partial<Statement> {
  const cursor = new Cursor(source.tokens)
  cursor.expect('create')
  if (cursor.take('global'))
    throw new SqlError('0A000', 'CREATE GLOBAL TEMPORARY TABLE is not supported')
  const local = cursor.take('local')
  const declaredTemporary = cursor.take('temporary') || cursor.take('temp')
  if (local && !declaredTemporary) throw cursor.syntaxError()
  cursor.expect('table')
  const ifNotExists = cursor.take('if', 'not', 'exists')
  const name = cursor.qualifiedName()
  const temporary = declaredTemporary || name.name.startsWith('#')
  if (temporary && name.schema !== undefined) {
    throw new SqlError('42P16', 'cannot create temporary relation in non-temporary schema')
  }
  const design: Design = { table: name.name }
  if (temporary) design.schema = 'pg_temp'
  else if (name.schema !== undefined) design.schema = name.schema
  if (ifNotExists) design.ifNotExists = true
  const head = `create ${temporary ? 'temp ' : ''}table ${ifNotExists ? 'if not exists ' : ''}${quoteFully(name)}`
  return isFromQuery(cursor)
    ? fromQuery(source, cursor, design, head)
    : fromColumns(source, cursor, design, head)
}

// `(a, b) as select …`: the names of a query's columns; only in that case nothing but names is inside.
function isFromQuery(cursor: Cursor): boolean {
  if (!cursor.is('(')) return true
  const ahead = new Cursor(cursor.rest())
  const namesOnly = ahead.group().every((part) => part.length === 1)
  readTableAttributes(ahead, { table: '' })
  return namesOnly && ahead.is('as')
}

function fromQuery(
  source: Source,
  cursor: Cursor,
  design: Design,
  head: string,
): Partial<Statement> {
  const names = cursor.is('(')
    ? `(${cursor
        .names()
        .map((name) => quoteFully({ name }))
        .join(', ')})`
    : ''
  readTableAttributes(cursor, design)
  cursor.expect('as')
  checkDistribution(design)
  const query = source.sql.slice(cursor.start, source.end)
  const { main } = carryOut(sourceOf(`${head}${names} as ${query}`, source.session))
  return {
    main,
    tag: 'SELECT',
    after: [call('record_table', withDefaults({ ...design, fromQuery: true }))],
  }
}

function fromColumns(
  source: Source,
  cursor: Cursor,
  design: Design,
  head: string,
): Partial<Statement> {
  const items = cursor.group()
  readTableAttributes(cursor, design)
  refuseOptions(cursor)
  cursor.expectEnd()
  const lines = items.map((item) => readItem(new Cursor(item), design))
  checkDistribution(design)
  const columns = lines.flatMap((line) => (typeof line === 'string' ? [] : [line]))
  checkKeys(design, columns, lines.length > columns.length)
  const text = engineLines(lines, design, source)
  const { main } = carryOut(sourceOf(`${head} (${text.join(', ')})`, source.session))
  return { main, tag: 'CREATE TABLE', after: [call('record_table', withDefaults(design))] }
}

const foreignOptions = ['inherits', 'partition', 'with', 'tablespace', 'on', 'using', 'without']

/** Facts B: clauses of PostgreSQL that are in no grammar of Redshift. */
function refuseOptions(cursor: Cursor): void {
  const word = foreignOptions.find((option) => cursor.is(option))
  if (word) throw new SqlError('0A000', `CREATE TABLE ${word.toUpperCase()} is not supported`)
}

/** A column; or what the engine shall have in its place, '' for nothing. */
function readItem(cursor: Cursor, design: Design): Column | string {
  if (cursor.isAtEnd) throw new SqlError('42601', 'syntax error at or near ","')
  if (cursor.take('like')) return readLike(cursor, design)
  if (readTableConstraint(cursor, design)) return ''
  const column = readColumn(cursor, design.table)
  if (column.distkey) setDistKey(design, column.name)
  if (column.sortkey) setSortKey(design, 'compound', [column.name])
  design.constraints = [...(design.constraints ?? []), ...column.constraints]
  const { name, encode, identity } = column
  const temporary = design.schema === 'pg_temp'
  design.columns = [
    ...(design.columns ?? []),
    {
      name,
      ...(encode === undefined || temporary ? {} : { encode }),
      ...(identity ? { identity: [identity.seed, identity.step] as [number, number] } : {}),
    },
  ]
  return column
}

// Byte checks are the only checks that there are, and have to come along.
function readLike(cursor: Cursor, design: Design): string {
  const parent = cursor.qualifiedName()
  const defaults = cursor.take('including', 'defaults')
  if (!defaults) cursor.take('excluding', 'defaults')
  cursor.expectEnd()
  design.like = parent
  return `like ${quoteFully(parent)} including constraints${defaults ? ' including defaults' : ''}`
}

/** Facts B: UNIQUE, PRIMARY KEY and FOREIGN KEY of a table, `CONSTRAINT name` before it. */
function readTableConstraint(cursor: Cursor, design: Design): boolean {
  const constraint = readConstraint(cursor, 'CREATE TABLE')
  if (constraint) design.constraints = [...(design.constraints ?? []), constraint]
  return constraint !== undefined
}

export function readConstraint(cursor: Cursor, command: string): DeclaredConstraint | undefined {
  const named = cursor.take('constraint') ? { name: cursor.name() } : {}
  if (cursor.is('check')) throw checkRefused(command)
  if (cursor.is('exclude'))
    throw new SqlError('0A000', `${command} EXCLUDE constraint is not supported`)
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

function checkKeys(design: Design, columns: Column[], isOpen: boolean): void {
  if (
    design.like &&
    (design.diststyle ?? design.distkey ?? design.sortstyle ?? design.backup) !== undefined
  ) {
    throw new SqlError(
      '42601',
      'CREATE TABLE LIKE takes DISTSTYLE, DISTKEY, SORTKEY and BACKUP from its parent',
    )
  }
  const known = new Set(columns.map((column) => column.name))
  const named = [
    design.distkey ?? [],
    design.sortkey ?? [],
    (design.constraints ?? []).map((one) => one.columns),
  ]
  const missing = named.flat(2).find((name) => !known.has(name))
  if (missing !== undefined && !(isOpen && design.like)) {
    throw new SqlError('42703', `column "${missing}" named in key does not exist`)
  }
  if ((design.constraints ?? []).filter((one) => one.kind === 'p').length > 1) {
    throw new SqlError('42P16', `multiple primary keys for table "${design.table}" are not allowed`)
  }
  for (const one of design.constraints ?? []) if (one.kind === 'p') keysAreNotNull(one, columns)
}

function keysAreNotNull({ columns: names }: DeclaredConstraint, columns: Column[]): void {
  for (const column of columns) if (names.includes(column.name)) column.notNull = true
}

function engineLines(lines: (Column | string)[], design: Design, source: Source): string[] {
  const text = lines.map((line) => {
    if (typeof line === 'string') return line
    const { default: place } = line
    return engineColumn(line, place && source.sql.slice(place.start, place.end))
  })
  return text.filter((line) => line !== '')
}
