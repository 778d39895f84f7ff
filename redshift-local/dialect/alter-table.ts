import { catalogCall, done } from './catalog-calls'
import { refused } from './check'
import { checkEncoding, readColumnType } from './column-types'
import { type Column, engineColumn, readColumn } from './columns'
import { readConstraint, readKeys } from './design'
import { indexOutside } from './nesting'
import type { ParsedStatement } from './parse'
import { rewriteWritten, rewritten, type Translation } from './rewrite'
import { Cursor, type Name, quoteFully, quoteName, syntaxErrorAt } from './tokens'

/** ALTER TABLE: exactly the actions of facts B, one in a statement. */
export function alterTable(statement: ParsedStatement): Partial<Translation> {
  const cursor = new Cursor(statement.tokens, 2)
  const table = cursor.qualifiedName()
  const action = actions.find(([words]) => cursor.take(...words))
  if (!action) throw cursor.syntaxError()
  const result = action[1](cursor, table, statement)
  return { tag: 'ALTER TABLE', ...result }
}

type Action = (cursor: Cursor, table: Name, statement: ParsedStatement) => Partial<Translation>

const actions: [words: string[], action: Action][] = [
  [['add', 'column'], addColumn],
  [['add'], add],
  [['drop', 'constraint'], dropConstraint],
  [['drop', 'column'], dropColumn],
  [['drop'], dropColumn],
  [['owner', 'to'], (_cursor, _table, statement) => rewritten(statement)],
  [['rename', 'to'], rename],
  [['rename', 'column'], renameColumn],
  [['rename'], renameColumn],
  [['alter', 'column'], alterColumn],
  [['alter', 'distkey'], (cursor, table) => design(cursor, table, { distkey: cursor.name() })],
  [['alter', 'diststyle'], alterDistStyle],
  [['alter', 'compound', 'sortkey'], alterSortKey],
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
]

function design(cursor: Cursor, table: Name, first: object): Partial<Translation> {
  const changes = cursor.take(',') ? { ...first, ...otherKey(cursor, first) } : first
  cursor.expectEnd()
  return done('ALTER TABLE', catalogCall('alter_design', { ...target(table), ...changes }))
}

/** Facts B: ALTER SORTKEY (…) goes together with ALTER DISTKEY or ALTER DISTSTYLE ALL, in either order. */
function otherKey(cursor: Cursor, first: { sortkey?: string[]; diststyle?: string }): object {
  cursor.expect('alter')
  if (first.sortkey === undefined) {
    if ((first.diststyle ?? 'all') !== 'all') throw cursor.syntaxError()
    cursor.take('compound')
    cursor.expect('sortkey')
    return { sortstyle: 'compound', sortkey: readKeys(cursor) }
  }
  if (cursor.take('distkey')) return { distkey: cursor.name() }
  cursor.expect('diststyle', 'all')
  return { diststyle: 'all' }
}

function target({ schema, name }: Name): object {
  return schema === undefined ? { table: name } : { schema, table: name }
}

function rename(cursor: Cursor, table: Name): Partial<Translation> {
  const name = cursor.unreservedName()
  cursor.expectEnd()
  return { main: `alter table ${quoteFully(table)} rename to ${quoteName(name)}` }
}

function renameColumn(cursor: Cursor, table: Name): Partial<Translation> {
  const from = cursor.name()
  cursor.expect('to')
  const to = cursor.unreservedName()
  cursor.expectEnd()
  return {
    main: `alter table ${quoteFully(table)} rename column ${quoteName(from)} to ${quoteName(to)}`,
  }
}

function add(cursor: Cursor, table: Name, statement: ParsedStatement): Partial<Translation> {
  const isConstraint = ['constraint', 'unique', 'primary', 'foreign', 'check', 'exclude'].some(
    (word) => cursor.is(word),
  )
  if (!isConstraint) return addColumn(cursor, table, statement)
  const constraint = readConstraint(cursor, 'ALTER TABLE')
  return done('ALTER TABLE', catalogCall('add_constraint', { ...target(table), constraint }))
}

function addColumn(cursor: Cursor, table: Name, statement: ParsedStatement): Partial<Translation> {
  const { text, session } = statement
  const tokens = cursor.rest()
  if (cursor.is('if', 'not')) throw cursor.syntaxError()
  const comma = tokens[indexOutside(tokens, ',')]
  if (comma) throw syntaxErrorAt(comma)
  const column = readColumn(new Cursor(tokens), table.name)
  const [attribute] = attributesNotAdded.find(([, isIn]) => isIn(column)) ?? []
  if (attribute) throw refused('addColumn', attribute)
  if (column.notNull && !column.default) throw refused('addNotNull')
  const sql = `alter table ${quoteFully(table)} add column ${engineColumn(column, text)}`
  const argument = { ...target(table), columns: [{ name: column.name, encode: column.encode }] }
  return { main: rewriteWritten(sql, session), after: [catalogCall('record_column', argument)] }
}

/** What CREATE TABLE takes of a column and ADD COLUMN does not (facts B). */
const attributesNotAdded: [what: string, isIn: (column: Column) => boolean][] = [
  ['IDENTITY', ({ identity }) => identity !== undefined],
  ['DISTKEY', ({ distkey }) => distkey === true],
  ['SORTKEY', ({ sortkey }) => sortkey === true],
  ['a key constraint', ({ constraints }) => constraints.length > 0],
  ['COLLATE', ({ collate }) => collate !== undefined],
]

function dropConstraint(cursor: Cursor, table: Name): Partial<Translation> {
  const name = cursor.name()
  if (!cursor.take('restrict')) cursor.take('cascade')
  cursor.expectEnd()
  return done('ALTER TABLE', catalogCall('drop_constraint', { ...target(table), name }))
}

function dropColumn(cursor: Cursor, table: Name): Partial<Translation> {
  const column = cursor.name()
  const cascade = cursor.take('cascade')
  if (!cascade) cursor.take('restrict')
  cursor.expectEnd()
  const how = cascade ? ' cascade' : ''
  return {
    before: [catalogCall('check_drop_column', { ...target(table), column, cascade })],
    main: `alter table ${quoteFully(table)} drop column ${quoteName(column)}${how}`,
  }
}

function alterDistStyle(cursor: Cursor, table: Name): Partial<Translation> {
  const diststyle = cursor.takeOneOf('all', 'even', 'auto', 'key')
  if (!diststyle) throw cursor.syntaxError()
  if (diststyle !== 'key') return design(cursor, table, { diststyle })
  cursor.expect('distkey')
  return design(cursor, table, { diststyle, distkey: cursor.name() })
}

function alterSortKey(cursor: Cursor, table: Name): Partial<Translation> {
  return design(cursor, table, { sortstyle: 'compound', sortkey: readKeys(cursor) })
}

function alterColumn(cursor: Cursor, table: Name): Partial<Translation> {
  const column = cursor.name()
  if (cursor.is('encode')) return alterEncodings(cursor, table, column)
  if (cursor.take('type')) return alterType(cursor, table, column)
  throw cursor.syntaxError()
}

/** Facts B: several columns may change their encodings at once; nothing else may. */
function alterEncodings(cursor: Cursor, table: Name, first: string): Partial<Translation> {
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
  return done('ALTER TABLE', catalogCall('alter_encodings', { ...target(table), columns }))
}

/** Facts B: the size of a VARCHAR, not in a transaction block. */
function alterType(cursor: Cursor, table: Name, column: string): Partial<Translation> {
  const type = readColumnType(cursor, `${table.name}.${column}`)
  cursor.expectEnd()
  if (type.name !== 'varchar') throw refused('alterType')
  const argument = { ...target(table), column, bytes: type.bytes }
  return {
    before: [catalogCall('before_alter_type', argument)],
    main: `alter table ${quoteFully(table)} alter column ${quoteName(column)} type ${type.engine}`,
    after: [catalogCall('after_alter_type', argument)],
    notInBlock: 'ALTER TABLE ALTER COLUMN TYPE',
  }
}
