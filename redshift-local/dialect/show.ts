import { SqlError } from '../errors'
import { refused } from './check'
import { databaseName, refuseOtherDatabase, reservedWords } from './names'
import type { ParsedStatement } from './parse'
import { principalName } from './principals'
import type { Translation } from './rewrite'
import { Cursor, quoteFully, quoteLiteral, quoteName } from './tokens'

/** What SHOW tells of the catalog (docs r_SHOW_DATABASES and its like): its words, and the query that answers. */
const shows: { words: string[]; query: (cursor: Cursor) => string }[] = [
  {
    words: ['databases'],
    query(cursor) {
      if (cursor.is('from')) throw refused('dataCatalog')
      return list(
        cursor,
        'database_name, database_owner, database_type, database_acl, database_options, database_isolation_level',
        'svv_redshift_databases',
        'database_name',
      )
    },
  },
  {
    words: ['schemas', 'from', 'database'],
    query(cursor) {
      refuseOtherDatabase(cursor.name())
      return list(cursor, '*', 'svv_all_schemas', 'schema_name')
    },
  },
  {
    words: ['tables', 'from', 'schema'],
    query(cursor) {
      const schema = `redshift_catalog.existing_schema(${quoteLiteral(schemaOf(cursor))})`
      return list(cursor, '*', 'svv_all_tables', 'table_name', `schema_name = ${schema}`)
    },
  },
  {
    words: ['columns', 'from', 'table'],
    query(cursor) {
      const { schema, name } = relationOf(cursor)
      const where = `schema_name = ${schema} and table_name = ${name}`
      return list(cursor, '*', 'svv_all_columns', 'column_name', where, 'ordinal_position')
    },
  },
  {
    words: ['constraints', 'primary', 'keys', 'from', 'table'],
    query: (cursor) => keys(cursor, primaryKey, 'primary_key', 'table_id'),
  },
  {
    words: ['constraints', 'foreign', 'keys', 'exported', 'from', 'table'],
    query: (cursor) => keys(cursor, foreignKey, 'foreign_key', 'pk_table_id'),
  },
  {
    words: ['constraints', 'foreign', 'keys', 'from', 'table'],
    query: (cursor) => keys(cursor, foreignKey, 'foreign_key', 'fk_table_id'),
  },
  {
    words: ['table'],
    query(cursor) {
      const table = regclassOf(cursor)
      const reserved = quoteLiteral([...reservedWords].join(' '))
      return `select redshift_catalog.show_table(${table}, ${reserved}) as "Show Table DDL statement"`
    },
  },
  {
    words: ['view'],
    query: (cursor) =>
      `select redshift_catalog.show_view(${regclassOf(cursor)}) as "Show View DDL statement"`,
  },
  { words: ['column', 'grants', 'on', 'table'], query: (cursor) => grantsOn('COLUMN', cursor) },
  { words: ['grants', 'on', 'database'], query: (cursor) => grantsOn('DATABASE', cursor) },
  { words: ['grants', 'on', 'schema'], query: (cursor) => grantsOn('SCHEMA', cursor) },
  { words: ['grants', 'on', 'table'], query: (cursor) => grantsOn('TABLE', cursor) },
  { words: ['grants', 'on'], query: (cursor) => grantsOn('TABLE', cursor) },
  {
    words: ['grants', 'for'],
    query(cursor) {
      const grantee = granteeOf(cursor)
      if (cursor.take('from', 'database')) refuseOtherDatabase(cursor.name())
      return grants(`${objectColumns}, ${rightColumns}`, grantee, cursor)
    },
  },
]

const rightColumns =
  'privilege_type, identity_id, identity_name, identity_type, admin_option, kind as privilege_scope, grantor_name'
const objectColumns = 'database_name, schema_name, object_name, object_type'

type GrantKind = 'TABLE' | 'COLUMN' | 'SCHEMA' | 'DATABASE'

/** Docs r_SHOW_GRANTS, r_SHOW_COLUMN_GRANTS. */
function grantsOn(kind: GrantKind, cursor: Cursor): string {
  const object = objectIdOf(kind, cursor)
  const where = `kind = '${kind}' and object_id = ${object}`
  const grantee = cursor.take('for') ? ` and ${granteeOf(cursor)}` : ''
  const columns = {
    TABLE: objectColumns,
    SCHEMA: objectColumns,
    DATABASE: 'database_name',
    COLUMN: 'database_name, schema_name, object_name as table_name, column_name, object_type',
  }[kind]
  return grants(`${columns}, ${rightColumns}`, where + grantee, cursor)
}

function objectIdOf(kind: GrantKind, cursor: Cursor): string {
  if (kind === 'TABLE' || kind === 'COLUMN') return regclassOf(cursor)
  if (kind === 'DATABASE') {
    refuseOtherDatabase(cursor.name())
    return '(select oid from pg_catalog.pg_database where datname = pg_catalog.current_database())'
  }
  return `${quoteLiteral(quoteName(schemaOf(cursor)))}::pg_catalog.regnamespace`
}

/** `schema`, or `database.schema`. */
function schemaOf(cursor: Cursor): string {
  const { schema: database = databaseName, name } = cursor.qualifiedName()
  refuseOtherDatabase(database)
  return name
}

function granteeOf(cursor: Cursor): string {
  const kind = cursor.takeOneOf('role', 'public') ?? 'user'
  const name = kind === 'public' ? kind : principalName(cursor)
  return `identity_type = '${kind}' and identity_name = ${quoteLiteral(name)}`
}

function grants(columns: string, where: string, cursor: Cursor): string {
  return `select ${columns} from redshift_catalog.shown_grant where ${where} order by object_name, column_name, identity_name, privilege_type limit ${limitOf(cursor)}`
}

/** SHOW of databases, schemas, tables, columns, keys, and of the definition of a table or view. */
export function showCatalog({ tokens }: ParsedStatement): Partial<Translation> {
  const cursor = new Cursor(tokens, 1)
  const known = shows.find(({ words }) => cursor.take(...words))
  if (!known) throw new Cursor(tokens, 2).syntaxError()
  const main = known.query(cursor)
  cursor.expectEnd()
  return { main, tag: 'SHOW' }
}

// LIKE tells upper from lower case, and without % and _ is an equality.
function list(
  cursor: Cursor,
  columns: string,
  view: string,
  name: string,
  where = 'true',
  order = name,
): string {
  const pattern = cursor.take('like') ? ` and ${name} like ${quoteLiteral(cursor.string())}` : ''
  const limit = limitOf(cursor)
  return `select ${columns} from pg_catalog.${view} where ${where}${pattern} order by ${order} limit ${limit}`
}

function limitOf(cursor: Cursor): number {
  const limit = cursor.take('limit') ? cursor.integer() : most
  if (limit >= 0 && limit <= most) return limit
  throw new SqlError('22023', `LIMIT of SHOW is between 0 and ${most}, not ${limit}`)
}

/** Docs r_SHOW_TABLES: row_limit. */
const most = 10_000

/** As aws/amazon-redshift-python-driver reads them, metadataAPIHelper.py. */
const primaryKey = 'database_name, schema_name, table_name, column_name, key_seq, pk_name'
const foreignKey =
  'pk_database_name, pk_schema_name, pk_table_name, pk_column_name, fk_database_name, fk_schema_name, ' +
  'fk_table_name, fk_column_name, key_seq, update_rule, delete_rule, fk_name, pk_name, deferrability'

function keys(cursor: Cursor, columns: string, view: string, id: string): string {
  const table = regclassOf(cursor)
  return `select ${columns} from redshift_catalog.${view} where ${id} = ${table} order by constraint_id, key_seq`
}

function regclassOf(cursor: Cursor): string {
  return `${quoteLiteral(quoteFully(cursor.qualifiedName()))}::pg_catalog.regclass`
}

/** Expressions for the schema and the name of a relation, which fail where there is none. */
function relationOf(cursor: Cursor): { schema: string; name: string } {
  const relation = regclassOf(cursor)
  const from = `from pg_catalog.pg_class as c join pg_catalog.pg_namespace as n on n.oid = c.relnamespace where c.oid = ${relation}`
  return { schema: `(select n.nspname ${from})`, name: `(select c.relname ${from})` }
}
