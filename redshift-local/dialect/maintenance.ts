import { SqlError } from '../errors'
import { Cursor, quoteFully, quoteName } from './cursor'
import { type Source, type Statement, carryOut } from './statement'

/** Facts D: TRUNCATE commits the transaction that it is in. */
export function truncate(source: Source): Partial<Statement> {
  return { ...carryOut(source), after: ['commit'] }
}

const vacuums = [['full'], ['sort', 'only'], ['delete', 'only'], ['reindex'], ['recluster']]

/** Facts D: VACUUM [FULL|SORT ONLY|DELETE ONLY|REINDEX|RECLUSTER] [t] [TO n PERCENT] [BOOST]. */
export function vacuum({ tokens }: Source): Partial<Statement> {
  const cursor = new Cursor(tokens, 1)
  vacuums.some((words) => cursor.take(...words))
  const named = !cursor.isAtEnd && !cursor.is('to') && !cursor.is('boost')
  const table = named ? quoteFully(cursor.qualifiedName()) : ''
  if (cursor.take('to')) {
    cursor.integer()
    cursor.expect('percent')
  }
  cursor.take('boost')
  cursor.expectEnd()
  return { main: `vacuum ${table}`.trim(), tag: 'VACUUM', notInBlock: 'VACUUM' }
}

/** Facts D: ANALYZE [VERBOSE] [t[(c,..)]] [PREDICATE COLUMNS|ALL COLUMNS]. */
export function analyze({ tokens }: Source): Partial<Statement> {
  const cursor = new Cursor(tokens, 1)
  if (cursor.is('compression')) {
    throw new SqlError('0A000', 'ANALYZE COMPRESSION is not carried out by the local Redshift.')
  }
  cursor.take('verbose')
  const named = !cursor.isAtEnd && !cursor.is('predicate') && !cursor.is('all')
  const table = named ? ` ${quoteFully(cursor.qualifiedName())}` : ''
  const columns = named && cursor.is('(') ? ` (${cursor.names().map(quoteName).join(', ')})` : ''
  if (!cursor.take('predicate', 'columns')) cursor.take('all', 'columns')
  cursor.expectEnd()
  return { main: `analyze${table}${columns}`, tag: 'ANALYZE' }
}

// The engine locks only within a transaction block, and Redshift anywhere: a block of code is one. But
// that takes the transaction's snapshot before it waits, and LOCK in Redshift takes none (facts D).
export function lock({ tokens }: Source): Partial<Statement> {
  const cursor = new Cursor(tokens, 1)
  cursor.take('table')
  const tables = [cursor.qualifiedName()]
  while (cursor.take(',')) tables.push(cursor.qualifiedName())
  cursor.expectEnd()
  const names = tables.map(quoteFully).join(', ')
  return {
    main: `do $redshift$begin lock table ${names}; end$redshift$`,
    mainInBlock: `lock table ${names}`,
    tag: 'LOCK TABLE',
  }
}

export function cancel({ tokens }: Source): Partial<Statement> {
  const cursor = new Cursor(tokens, 1)
  const pid = cursor.integer()
  if (cursor.token?.kind === 'string') cursor.next()
  cursor.expectEnd()
  const main = `do $redshift$begin perform pg_catalog.pg_cancel_backend(${pid}); end$redshift$`
  return { main, tag: 'CANCEL' }
}
