import type { Knex } from 'knex'
import { join } from 'node:path'
import { models } from '../../models/index'
import type { Model, Severity } from '../../models/model'
import { onEmptyTables } from '../load/look-ahead'
import { nearest } from '../warehouse/select'
import { UsageError } from '../warehouse/errors'
import { atCondition, inLines } from './clauses'
import { indented, quoted, type Scaffold, templated } from './draft'
import { withAudit } from './edit'
import { callsIn } from './key'
import {
  columnsOf,
  faultOfPlaceholders,
  type Query,
  type QueryColumn,
  type QueryWishes,
  readQuery,
} from './query'

/** The name says in words what holds. */
interface Wishes extends QueryWishes {
  model: string | undefined
  /** What follows where it does not hold; undefined: the load is refused. */
  severity: Severity | undefined
}

/** One more audit of a model, from the query of the rows for which it does not hold. */
export async function scaffoldAudit(knex: Knex, wishes: Wishes): Promise<Scaffold> {
  const { name, text, file } = wishes
  if (!/^\S(.*\S)?$/.test(name) || name.length > 120)
    throw new UsageError(
      `${JSON.stringify(name)} cannot be the name of a new audit: what holds is expected, in a line of at ` +
        'most 120 characters, such as "no play in the future".',
    )
  const query = await readQuery(text, file)
  const model = auditedModel(query, wishes.model)
  const fault = faultOfPlaceholders(query)
  if (fault) throw new UsageError(`${file}: ${fault}.`)
  const columns = await onEmptyTables(knex, (transaction, schema) =>
    columnsOf(transaction, schema, query),
  )
  const { text: offenders, isWhole } = await offendersText(model, query, columns)
  const path = join('models', `${model.name}.ts`)
  const isTaken = model.audits.some((each) => each.name === name)
  const severity = wishes.severity === 'warn' ? " severity: 'warn'," : ''
  const audit = `{ name: ${quoted(name)},${severity} offenders: ${offenders} }`
  return {
    drafts: [{ path, edit: (file) => withAudit(path, file, { name, audit, isTaken }) }],
    columns: columns.map((column) => ({ name: column.name, type: column.type })),
    notes: isWhole
      ? [
          `Each load looks at all rows: the query does not give ${model.refreshKey}, by which it is narrowed.`,
        ]
      : [],
    next: [`npx sparkify audit ${model.name}`],
  }
}

/** The model that is named, or the one that the query reads. @throws UsageError where it is none, or several */
function auditedModel({ file, reads }: Query, named: string | undefined): Model {
  const all = models.map(({ name }) => name)
  const read = all.filter((name) => reads.includes(name))
  const chosen = named ?? (read.length === 1 ? read[0] : undefined)
  const found = models.find(({ name }) => name === chosen)
  if (found) return found
  if (named !== undefined) {
    const meant = nearest(named, all)
    const question = meant ? ` did you mean ${meant}?` : ''
    throw new UsageError(
      `There is no model "${named}":${question} What there is: ${all.join(', ')}.`,
    )
  }
  throw new UsageError(
    `${file}: it reads ${read.length === 0 ? 'no model' : read.join(', ')}: which one is to be audited? ` +
      'Name it, --model NAME.',
  )
}

/** The query, narrowed to what a load affects where its columns or its FROM have what that goes by. */
async function offendersText(
  { name, refreshKey }: Model,
  { sql, select, reads }: Query,
  columns: QueryColumn[],
): Promise<{ text: string; isWhole: boolean }> {
  const lines = await inLines(sql)
  const narrowing = `\${scope.keys('${refreshKey}')}`
  if (isOfRows(select) && reads.length === 1 && reads[0] === name) {
    const [before, after] = await atCondition(lines)
    const text = templated(indented(before, 8)) + narrowing + templated(indented(after, 8))
    return { text: `(scope) => \`\n${text}\``, isWhole: false }
  }
  if (!columns.some((column) => column.name === refreshKey))
    return { text: `() => \`\n${templated(indented(lines, 8))}\``, isWhole: true }
  const text = `        select *
        from (
${templated(indented(lines, 10))}
        ) as found
        where 1 = 1 ${narrowing}`
  return { text: `(scope) => \`\n${text}\``, isWhole: false }
}

/** True for a query that looks at each row of one table by itself. */
function isOfRows(select: Query['select']): boolean {
  const known = ['targetList', 'fromClause', 'whereClause', 'limitOption', 'op']
  const [item, ...others] = select.fromClause as Record<string, unknown>[]
  const isOneTable = item?.RangeVar !== undefined && others.length === 0
  // A call among the columns may be of an aggregate or a window.
  const looksAround =
    callsIn(select.targetList).length > 0 || JSON.stringify(select).includes('"SubLink"')
  const isPlain = Object.keys(select).every((clause) => known.includes(clause))
  return isPlain && isOneTable && !looksAround
}
