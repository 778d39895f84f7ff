import type { Knex } from 'knex'
import { join } from 'node:path'
import { models } from '../../models/index'
import { onEmptyTables } from '../load/look-ahead'
import { UsageError } from '../warehouse/errors'
import { inLines } from './clauses'
import { type Scaffold, sentence } from './draft'
import { refuseName } from './names'
import { columnsOf, keyOf, type Query, type QueryColumn, readQuery, type RowWishes } from './query'

interface Wishes extends RowWishes {
  title: string | undefined
}

/** The file of a question: its header, and the query in a settled order. */
export async function scaffoldQuestion(knex: Knex, wishes: Wishes): Promise<Scaffold> {
  const { name, text, file } = wishes
  refuseName('question', name)
  const query = await readQuery(text, file)
  refuseTables(query)
  const columns = await onEmptyTables(knex, (transaction, schema) =>
    columnsOf(transaction, schema, query),
  )
  const key = keyOf(query, columns, wishes.key)
  return {
    drafts: [
      {
        path: join('queries', `${name}.sql`),
        text: await questionText(wishes, query, columns, key),
      },
    ],
    columns: columns.map((column) => ({ name: column.name, type: column.type })),
    notes: [`What it asks, and how it is drawn, is to be said in queries/${name}.sql.`],
    next: [`npx sparkify query ${name}`],
  }
}

function refuseTables({ file, reads }: Query): void {
  const star = models.map(({ name }) => name)
  const others = reads.filter((table) => !star.includes(table))
  const found = reads.length === 0 ? 'no table' : others.join(', ')
  if (found === '') return
  throw new UsageError(
    `${file}: it reads ${found}: a question is asked of the star, ${star.join(', ')}.`,
  )
}

async function questionText(
  { name, title, grain }: Wishes,
  { select, sql }: Query,
  columns: QueryColumn[],
  key: string[],
): Promise<string> {
  const asked = title ?? `${sentence(name.replaceAll('_', ' '))}?`
  const answers = `${sentence(grain ?? `one row per ${key.join(' and ')}`)}.`
  const isOrdered = select.sortClause !== undefined || select.limitCount !== undefined
  return `-- title: ${oneLine(asked)}
-- answers: ${oneLine(answers)}
-- key: ${key.join(', ')}
-- chart: ${chartOf(columns, key)}

${await inLines(sql)}${isOrdered ? '' : `\norder by ${key.join(', ')}`};
`
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** The picture of one number for each value of one column; of anything else nothing is taken for granted. */
function chartOf(columns: QueryColumn[], key: string[]): string {
  const isNumber = ({ type }: QueryColumn) =>
    /^(smallint|integer|bigint|numeric|real|double)/.test(type)
  const by = columns.find(({ name }) => name === key[0])!
  const measure = columns.find((column) => isNumber(column) && !key.includes(column.name))
  if (!measure || key.length > 1) return 'none'
  const kind = by.type.startsWith('varchar') ? 'bars' : 'columns'
  return by.type === 'boolean' ? 'none' : `${kind} of ${measure.name} by ${by.name}`
}
