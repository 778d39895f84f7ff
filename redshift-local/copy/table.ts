import { SqlError } from '../errors'
import type { CopyStatement } from './statement'

/** A column of the table that a COPY fills. */
export interface TableColumn {
  name: string
  /** The base name as PostgreSQL's format_type gives it: 'character varying', 'bigint' … */
  type: string
  /** In bytes; CHAR and VARCHAR only. */
  length?: number
  precision?: number
  scale?: number
  notNull: boolean
  identity?: 'always' | 'by default'
  hasDefault: boolean
}

/**
 * The engine columns that the COPY fills, in the order of its rows (facts A2, A3).
 * @throws SqlError where the column list does not fit the table
 */
export function targetColumns(statement: CopyStatement, table: TableColumn[]): TableColumn[] {
  if (!statement.columns) return table.filter((column) => !column.identity || statement.explicitIds)
  const listed = statement.columns.map((name, index, names) => {
    if (names.indexOf(name) < index)
      throw new SqlError('42701', `column "${name}" specified more than once`)
    return columnNamed(name, statement, table)
  })
  checkIdentities(listed, statement, table)
  return listed
}

function columnNamed(name: string, statement: CopyStatement, table: TableColumn[]): TableColumn {
  const column = table.find((column) => column.name === name)
  if (column) return column
  throw new SqlError('42703', `column "${name}" of relation "${statement.table}" does not exist`)
}

function checkIdentities(listed: TableColumn[], statement: CopyStatement, table: TableColumn[]) {
  const generated = table.filter((column) => column.identity === 'always')
  const given = generated.filter((column) => listed.includes(column))
  if (!statement.explicitIds && given.length > 0)
    throw new SqlError('XX000', 'cannot set an identity column to a value', {
      hint: 'Leave it out of the column list, or add EXPLICIT_IDS.',
    })
  if (statement.explicitIds && given.length < generated.length)
    throw new SqlError('XX000', 'EXPLICIT_IDS needs the identity column in the column list')
}
