import type { Knex } from 'knex'
import { readChunks } from '../../object-store/index'
import { isOfRows, offendersOf, screen, uniqueKey } from '../../models/audits'
import type { Audit, Model } from '../../models/model'
import { allRows, type Scope } from '../../models/scope'
import { objectStoreOf } from '../warehouse/connect'
import { counted, formatCount } from '../warehouse/counts'
import { type DataFault, DataRefused } from '../warehouse/errors'
import { inModel } from './model-faults'
import { compareWithRebuild } from './rebuild'
import type { TableDifference } from './table-difference'

/** What an audit gives. */
export interface AuditResult {
  model: string
  audit: string
  holds: boolean
  /** Rows for which it does not hold. */
  count: number
  /** The first few of them; `from` is where the file of this load has them. */
  examples: { row: Record<string, unknown>; from: FilePosition | undefined }[]
  /** How a table differs from its rebuild. */
  difference?: Omit<TableDifference, 'table' | 'examples'>
}

const examplesShown = 5

/** The audits of a model: its own, and that its key is unique. */
export function auditsOf({ key, audits }: Model): Audit[] {
  return [uniqueKey(key), ...audits]
}

/** Runs the audits of models over all their rows. @returns what each gives */
export async function auditAll(knex: Knex, models: Model[]): Promise<AuditResult[]> {
  const failures = await audit(knex, new Map(models.map((model) => [model, allRows])))
  return models.flatMap((model) =>
    auditsOf(model).map(({ name }) => resultOf(failures, model.name, name)),
  )
}

function resultOf(failures: AuditResult[], model: string, audit: string): AuditResult {
  const failed = failures.find((each) => each.model === model && each.audit === audit)
  return failed ?? { model, audit, holds: true, count: 0, examples: [] }
}

/** Runs the audits of models, each over the rows in its scope. */
export async function audit(knex: Knex, scopes: Map<Model, Scope>): Promise<AuditResult[]> {
  const failures: AuditResult[] = []
  for (const [model, scope] of scopes) {
    for (const each of await suspectsOf(knex, model, scope)) {
      const failure = await inModel(knex, model, () => offend(knex, model, each, scope))
      if (failure) failures.push(failure)
    }
  }
  return failures
}

/** The audits that a table, read once, does not show to hold. */
async function suspectsOf(knex: Knex, model: Model, scope: Scope): Promise<Audit[]> {
  const audits = auditsOf(model)
  const ofRows = audits.filter(isOfRows)
  if (ofRows.length === 0) return audits
  const [counts] = await inModel(knex, model, () => query(knex, screen(ofRows, model, scope)))
  const clear = new Set<Audit>(ofRows.filter((_, i) => Number(counts![`audit_${i}`]) === 0))
  return audits.filter((each) => !clear.has(each))
}

/**
 * Compares tables with what a build from scratch gives, row by row with how often each stands there.
 * @returns what each gives
 */
export async function auditByRebuild(knex: Knex, models: Model[]): Promise<AuditResult[]> {
  const audit = 'equals its rebuild'
  const differing = await compareWithRebuild(knex, models)
  const failures = differing.map(({ table, examples, ...difference }) => ({
    model: table,
    audit,
    holds: false,
    count: difference.added + difference.removed + difference.changed,
    examples: examples.map(({ key, was, becomes }) => ({
      row: { ...key, table: was ?? 'no such row', rebuild: becomes ?? 'no such row' },
      from: undefined,
    })),
    difference,
  }))
  return models.map(({ name }) => resultOf(failures, name, audit))
}

/** @throws DataRefused that names every failed audit, its count and a few offending rows */
export function refuseFailures(results: AuditResult[]): void {
  const failures = results.filter(({ holds }) => !holds)
  if (failures.length === 0) return
  const lines = failures.map(
    ({ model, audit: name, count, examples, difference }) =>
      `${model}: ${name}: ${counted(count, 'row')} ${count === 1 ? 'fails' : 'fail'}${difference ? ` (${differenceText(difference)})` : ''}, such as\n` +
      examples.map(exampleText).join('\n'),
  )
  const wrong = failures.flatMap(({ model, difference }) => (difference ? [model] : []))
  if (wrong.length > 0) lines.push(`\`sparkify model up ${wrong.join(' ')}\` builds what is wrong.`)
  throw new DataRefused(`${counted(failures.length, 'audit')} failed.\n${lines.join('\n')}`, {
    findings: failures.flatMap(faultsOf),
  })
}

/** A failed audit for programs: one for each of its examples. */
function faultsOf({ model, audit, count, examples, difference }: AuditResult): DataFault[] {
  const remedy = difference && `\`sparkify model up ${model}\` builds it.`
  return examples.map(({ row, from }) => ({
    what: `${model}: ${audit}`,
    count,
    file: from?.url,
    line: from?.line,
    table: model,
    value: row,
    audit,
    remedy,
  }))
}

function differenceText({
  added,
  removed,
  changed,
  columns,
}: NonNullable<AuditResult['difference']>) {
  const changes = Object.entries(columns).map(([column, rows]) => `${column} ${formatCount(rows)}`)
  return [
    ...(removed > 0 ? [`${formatCount(removed)} too many`] : []),
    ...(added > 0 ? [`${formatCount(added)} missing`] : []),
    ...(changed > 0 ? [`${formatCount(changed)} with other values: ${changes.join(', ')}`] : []),
  ].join('; ')
}

function exampleText({ row, from }: AuditResult['examples'][number]): string {
  return `  ${JSON.stringify(row)}${from ? `  (${from.url}, line ${from.line})` : ''}`
}

async function offend(
  knex: Knex,
  model: Model,
  each: Audit,
  scope: Scope,
): Promise<AuditResult | undefined> {
  const from = `from (${offendersOf(each, model, scope)}) as offenders`
  const rows = await query(knex, `select * ${from} limit ${examplesShown}`)
  if (rows.length === 0) return undefined
  const [total] = await query(knex, `select count(*) as count ${from}`)
  const examples = []
  for (const row of rows) examples.push({ row, from: await positionOf(knex, model, row) })
  return {
    model: model.name,
    audit: each.name,
    holds: false,
    count: Number(total?.count),
    examples,
  }
}

async function positionOf(
  knex: Knex,
  { record }: Model,
  row: Record<string, unknown>,
): Promise<FilePosition | undefined> {
  const value = record.value(row)
  if (!value) return undefined
  return findRecord(knex, record.source, record.key, value)
}

async function query(knex: Knex, sql: string): Promise<Record<string, unknown>[]> {
  return (await knex.raw<{ rows: Record<string, unknown>[] }>(sql)).rows
}

/** A position in a file, lines counted from 1. */
interface FilePosition {
  url: string
  line: number
}

/**
 * Finds where in the files of this transaction's load a record stands, by one of its values.
 * @param key as the JSON has it
 * @returns undefined where no line of those files has the value
 */
async function findRecord(
  knex: Knex,
  table: string,
  key: string,
  value: unknown,
): Promise<FilePosition | undefined> {
  const { rows } = await knex.raw<{ rows: { url: string }[] }>(
    'select url from load_files where table_name = ? and loaded_at = sysdate order by url',
    [table],
  )
  const record = recordWith(key, value)
  const buckets = await objectStoreOf(knex)
  for (const { url } of rows) {
    const line = await findLine(readChunks(buckets, url), record)
    if (line !== undefined) return { url, line }
  }
  return undefined
}

async function findLine(
  chunks: AsyncIterable<Buffer>,
  record: RegExp,
): Promise<number | undefined> {
  let line = 1
  let rest = ''
  for await (const chunk of chunks) {
    const lines = (rest + chunk.toString('latin1')).split('\n')
    rest = lines.pop()!
    const found = lines.findIndex((text) => record.test(text))
    if (found >= 0) return line + found
    line += lines.length
  }
  return record.test(rest) ? line : undefined
}

// "userId":"39" and "sessionId": 39 alike; COPY has cut trailing blanks off.
function recordWith(key: string, value: unknown): RegExp {
  const text = String(value).replaceAll(/[^\w-]/g, '\\$&')
  return new RegExp(`"${key}"\\s*:\\s*"?${text} *"?\\s*[,}]`)
}
