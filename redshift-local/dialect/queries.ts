import { SqlError } from '../errors'
import { Cursor, isWord } from './cursor'
import { type Design, call } from './design'
import { type Source, type Statement, carryOut, sourceOf } from './statement'
import { withDefaults } from './table-attributes'

/** COPY is parsed and run by copy/. */
export function copy({ tokens }: Source): Partial<Statement> {
  return { copy: tokens }
}

/** SELECT, and SELECT … INTO, which makes a table. */
export function select(source: Source): Partial<Statement> {
  const into = madeBy(source)
  const { main } = carryOut(source)
  if (!into) return { main }
  const design = withDefaults({ ...into, fromQuery: true })
  return { main, tag: 'SELECT', after: [call('record_table', design)] }
}

function madeBy({ tokens }: Source): Design | undefined {
  let depth = 0
  const at = tokens.findIndex((token) => {
    if (isWord(token, '(')) depth++
    if (isWord(token, ')')) depth--
    return depth === 0 && isWord(token, 'into')
  })
  if (at < 0) return undefined
  const cursor = new Cursor(tokens, at + 1)
  const temporary = cursor.take('temp') || cursor.take('temporary')
  cursor.take('table')
  const { schema, name } = cursor.qualifiedName()
  const place = temporary || name.startsWith('#') ? 'pg_temp' : schema
  return place === undefined ? { table: name } : { table: name, schema: place }
}

/** Facts C: FROM may be left out. */
export function deleteFrom(source: Source): Partial<Statement> {
  const cursor = new Cursor(source.tokens, 1)
  if (cursor.is('from')) return carryOut(source)
  const rest = source.sql.slice(cursor.place, source.end)
  return carryOut(sourceOf(`delete from ${rest}`, source.session))
}

export function createView(source: Source): Partial<Statement> {
  const last = source.tokens.slice(-4)
  if (['with', 'no', 'schema', 'binding'].every((word, i) => isWord(last[i], word))) {
    throw new SqlError('0A000', 'WITH NO SCHEMA BINDING is not carried out by the local Redshift.')
  }
  return carryOut(source)
}
