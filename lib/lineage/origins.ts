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
  const allUnknown = (why: string) => byName(names.map((name) => ({ name, ...unknown(why) })))
  if ('why' in found) return allUnknown(found.why)
  if (found.length !== names.length)
    return allUnknown(`its query gives ${found.length} columns, and ${names.length} are declared`)
  // The query gives the columns by their places: INSERT does not look at their names.
  return byName(found.map((column, i) => ({ ...column, name: names[i]! })))
}

/** What each column of a question's answer is made from, by its name; `*` where the names are not known. */
export async function originsOfQuestion({
  sql,
}: Pick<Question, 'sql'>): Promise<Record<string, Origin>> {
  const found = await originsIn(sql)
  return 'why' in found ? { '*': unknown(found.why) } : byName(found)
}

const unknown = (why: string): Origin => ({ from: [], unknown: why })

function byName(columns: (Origin & { name: string })[]): Record<string, Origin> {
  return Object.fromEntries(columns.map(({ name, ...origin }) => [name, origin]))
}

async function originsIn(sql: string) {
  try {
    return await columnsOfQuery(sql, documentedTables)
  } catch (error) {
    return { why: `the query cannot be parsed: ${describe(error)}` }
  }
}
