import { tables } from '../../models/index'
import type { Model } from '../../models/model'
import { allRows } from '../../models/scope'
import { documentedTables } from '../load/tables'
import type { Question } from '../questions/question'
import { describe } from '../warehouse/errors'
import { columnsOfQuery, type Origin } from './query-columns'

/** What each column of a model is made from, in the order of its table. */
export async function originsOfModel(
  model: Pick<Model, 'columns' | 'rows'>,
): Promise<Record<string, Origin>> {
  const names = Object.keys(model.columns)
  const found = await originsIn(model.rows(allRows))
  const fault =
    'why' in found
      ? found.why
      : found.length !== names.length &&
        `its query gives ${found.length} columns, and ${names.length} are declared`
  // The query gives the columns by their places: INSERT does not look at their names.
  return Object.fromEntries(
    names.map((name, i) => {
      if (fault || 'why' in found) return [name, { from: [], unknown: String(fault) }]
      const { from, unknown } = found[i]!
      return [name, { from, ...(unknown !== undefined && { unknown }) }]
    }),
  )
}

/** What each column of a question's answer is made from, by its name; `*` where the names are not known. */
export async function originsOfQuestion({
  sql,
}: Pick<Question, 'sql'>): Promise<Record<string, Origin>> {
  const found = await originsIn(sql)
  if ('why' in found) return { '*': { from: [], unknown: found.why } }
  return Object.fromEntries(found.map(({ name, ...origin }) => [name, origin]))
}

const known = [...tables, ...documentedTables]

async function originsIn(sql: string) {
  try {
    return await columnsOfQuery(sql, known)
  } catch (error) {
    return { why: `the query cannot be parsed: ${describe(error)}` }
  }
}
