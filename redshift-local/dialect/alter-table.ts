import { SqlError } from '../errors'
import { checkEncoding, engineColumn, readColumn, readColumnType } from './columns'
import { call, readConstraint, readKeys } from './create-table'
import { isSystem } from './refusals'
import { carryOut, type Source, sourceOf, type Statement } from './rewrite'
import { Cursor, type Name, quoteFully, quoteName } from './tokens'

/** ALTER TABLE: exactly the actions of facts B, one in a statement. */
export function alterTable(source: Source): Partial<Statement> {
  const cursor = new Cursor(source.tokens, 2)
  const table = cursor.qualifiedName()
  refuseSystem(table)
  const action = actions.find(([words]) => cursor.take(...words))
  if (!action) throw cursor.syntaxError()
  const result = action[1](cursor, table, source)
  return { tag: 'ALTER TABLE', ...result }
}

// Nothing but this stands between a client, who is a superuser to the engine, and pg_class.
function refuseSystem({ schema, name }: Name): void {
  if (isSystem(schema, name)) {
    throw new SqlError('42501', `permission denied: "${name}" is a system catalog`)
  }
}

type Action = (cursor: Cursor, table: Name, source: Source) => Partial<Statement>

const actions: [words: string[], action: Action][] = [
  [['add', 'column'], addColumn],
  [['add'], add],
  [['drop', 'constraint'], dropConstraint],
  [['drop', 'column'], dropColumn],
  [['drop'], dropColumn],
  [['owner', 'to'], passWhole],
  [['rename', 'to'], rename],
  [['rename', 'column'], renameColumn],
  [['rename'], renameColumn],
  [['alter', 'column'], alterColumn],
  [['alter', 'distkey'], (cursor, table) => design(cursor, table, { distkey: cursor.name() })],
  [['alter', 'diststyle'], alterDistStyle],
  [['alter', 'compound', 'sortkey'], alterSortKey],
  [['alter', 'interleaved', 'sortkey'], (cursor) => refuse(`ALTER INTERLEAVED SORTKEY`, cursor)],
  [
    ['alter', 'sortkey', 'auto'],
    (cursor, table) => design(cursor, table, { sortstyle: 'auto', sortkey: [] }),
  ],
  [
    ['alter', 'sortkey', 'none'],
    (cursor, table) => design(cursor, table, { sortstyle: 'none', sortkey: [] }),
  ],
  [['alter', 'sortkey'], alterSortKey],
  [['alter', 'encode', 'auto'], (cursor, table) => design(cursor, table, { encodeAuto: true })],
  [['alter'], alterColumn],
  [
    ['append', 'from'],
    (cursor) => refuse('ALTER TABLE APPEND', cursor, 'is not carried out by the local Redshift.'),
  ],
  [
    ['row', 'level', 'security'],
    (cursor) => refuse('ROW LEVEL SECURITY', cursor, 'is not carried out by the local Redshift.'),
  ],
  [['set'], (cursor) => refuse('ALTER TABLE SET', cursor)],
]

function refuse(what: string, cursor: Cursor, why = 'is not supported'): never {
  void cursor
  throw new SqlError('0A000', `${what} ${why}`)
}

/** Changes of the recorded design alone: nothing for the engine to do. */
function recorded(name: string, argument: object): Partial<Statement> {
  const statement = call(name, argument).replace(/^select/, 'perform')
  return { main: `do $redshift$begin ${statement}; end$redshift$` }
}

function design(cursor: Cursor, table: Name, changes: object): Partial<Statement> {
  cursor.expectEnd()
  return recorded('alter_design', { ...target(table), ...changes })
}

function target({ schema, name }: Name): object {
  return schema === undefined ? { table: name } : { schema, table: name }
}

function passWhole(_cursor: Cursor, _table: Name, source: Source): Partial<Statement> {
  return carryOut(source)
}

function rename(cursor: Cursor, table: Name): Partial<Statement> {
  const name = cursor.name()
  cursor.expectEnd()
  return { main: `alter table ${quoteFully(table)} rename to ${quoteName(name)}` }
}

function renameColumn(cursor: Cursor, table: Name): Partial<Statement> {
  const from = cursor.name()
  cursor.expect('to')
  const to = cursor.name()
  cursor.expectEnd()
  return {
    main: `alter table ${quoteFully(table)} rename column ${quoteName(from)} to ${quoteName(to)}`,
  }
}

function add(cursor: Cursor, table: Name, source: Source): Partial<Statement> {
  const isConstraint = ['constraint', 'unique', 'primary', 'foreign', 'check', 'exclude'].some(
    (word) => cursor.is(word),
  )
  if (!isConstraint) return addColumn(cursor, table, source)
  const constraint = readConstraint(cursor, 'ALTER TABLE')
  return recorded('add_constraint', { ...target(table), constraint })
}

/** Facts B, ADD COLUMN: no keys, no IDENTITY, not a DISTKEY or SORTKEY. */
function addColumn(cursor: Cursor, table: Name, source: Source): Partial<Statement> {
  const tokens = cursor.rest()
  if (tokens.some((token, i) => token.text === ',' && depthAt(tokens, i) === 0)) {
    throw new SqlError('42601', 'syntax error at or near ","')
  }
  const column = readColumn(new Cursor(tokens), table.name)
  const refused = column.identity
    ? 'IDENTITY'
    : column.distkey
      ? 'DISTKEY'
      : column.sortkey
        ? 'SORTKEY'
        : undefined
  const what =
    refused ?? (column.constraints.length > 0 ? 'a key constraint' : column.collate && 'COLLATE')
  if (what) throw new SqlError('0A000', `ALTER TABLE ADD COLUMN with ${what} is not supported`)
  if (column.notNull && !column.default) {
    const message =
      'ALTER TABLE ADD COLUMN defined as NOT NULL must have a non-null default expression'
    throw new SqlError('0A000', message)
  }
  const { default: place } = column
  const definition = engineColumn(column, place && source.sql.slice(place.start, place.end))
  const sql = `alter table ${quoteFully(table)} add column ${definition}`
  const argument = { ...target(table), columns: [{ name: column.name, encode: column.encode }] }
  return { ...carryOut(sourceOf(sql, source.session)), after: [call('record_column', argument)] }
}

function depthAt(tokens: Source['tokens'], end: number): number {
  return tokens
    .slice(0, end)
    .reduce((depth, { text }) => depth + (text === '(' ? 1 : text === ')' ? -1 : 0), 0)
}

function dropConstraint(cursor: Cursor, table: Name): Partial<Statement> {
  const name = cursor.name()
  if (!cursor.take('restrict')) cursor.take('cascade')
  cursor.expectEnd()
  return recorded('drop_constraint', { ...target(table), name })
}

function dropColumn(cursor: Cursor, table: Name): Partial<Statement> {
  const column = cursor.name()
  const cascade = cursor.take('cascade')
  if (!cascade) cursor.take('restrict')
  cursor.expectEnd()
  const how = cascade ? ' cascade' : ''
  return {
    before: [call('check_drop_column', { ...target(table), column, cascade })],
    main: `alter table ${quoteFully(table)} drop column ${quoteName(column)}${how}`,
  }
}

function alterDistStyle(cursor: Cursor, table: Name): Partial<Statement> {
  const diststyle = cursor.name()
  if (diststyle === 'key') {
    cursor.expect('distkey')
    return design(cursor, table, { diststyle, distkey: cursor.name() })
  }
  if (!['all', 'even', 'auto'].includes(diststyle)) throw cursor.syntaxError()
  return design(cursor, table, { diststyle })
}

function alterSortKey(cursor: Cursor, table: Name): Partial<Statement> {
  return design(cursor, table, { sortstyle: 'compound', sortkey: readKeys(cursor) })
}

function alterColumn(cursor: Cursor, table: Name): Partial<Statement> {
  const column = cursor.name()
  if (cursor.is('encode')) return alterEncodings(cursor, table, column)
  if (cursor.take('type')) return alterType(cursor, table, column)
  // The real texts, facts B.
  for (const verb of ['set', 'drop']) {
    if (cursor.take(verb, 'not', 'null'))
      refuse(`ALTER COLUMN ${verb.toUpperCase()} NOT NULL`, cursor)
    if (cursor.take(verb, 'default')) refuse('ALTER COLUMN SET/DROP DEFAULT', cursor)
  }
  throw cursor.syntaxError()
}

/** Facts B: several columns may change their encodings at once; nothing else may. */
function alterEncodings(cursor: Cursor, table: Name, first: string): Partial<Statement> {
  const columns: { name: string; encode: string }[] = []
  for (let name = first; ;) {
    cursor.expect('encode')
    columns.push({ name, encode: checkEncoding(cursor.name()) })
    if (!cursor.take(',')) break
    cursor.expect('alter')
    cursor.take('column')
    name = cursor.name()
  }
  cursor.expectEnd()
  return recorded('alter_encodings', { ...target(table), columns })
}

/** Facts B: the size of a VARCHAR, not in a transaction block. */
function alterType(cursor: Cursor, table: Name, column: string): Partial<Statement> {
  const type = readColumnType(cursor, `${table.name}.${column}`)
  cursor.expectEnd()
  if (type.name !== 'varchar') {
    throw new SqlError(
      '0A000',
      'ALTER COLUMN TYPE is supported for the size of VARCHAR columns only',
    )
  }
  const argument = { ...target(table), column, bytes: type.bytes }
  return {
    before: [call('before_alter_type', argument)],
    main: `alter table ${quoteFully(table)} alter column ${quoteName(column)} type ${type.engine}`,
    after: [call('after_alter_type', argument)],
    notInBlock: 'ALTER TABLE ALTER COLUMN TYPE',
  }
}
