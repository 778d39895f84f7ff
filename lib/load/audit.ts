import type { Knex } from 'knex'
import { readChunks } from '../../object-store/index'
import { type Audited, isOfRows, offendersOf, screen, uniqueKey } from '../../models/audits'
import type { Audit, Model, Severity } from '../../models/model'
import { allRows, type Scope } from '../../models/scope'
import { objectStoreOf } from '../warehouse/connect'
import { counted, formatCount } from '../warehouse/counts'
import { type DataFault, DataRefused } from '../warehouse/errors'
import type { Warning } from '../warehouse/steps'
import { inModel } from './model-faults'
import { compareWithRebuild } from './rebuild'
import type { TableDifference } from './table-difference'

/** What an audit gives. */
export interface AuditResult {
  /** The table: a model, or what is staged. */
  model: string
  audit: string
  severity: Severity
  holds: boolean
  /** Rows for which it does not hold. */
  count: number
  /** The first few of them; `from` is where the file of this load has them. */
  examples: { row: Row; from: FilePosition | undefined }[]
  /** As many of them as were to be kept. */
  offenders: Row[]
  /** How a table differs from its rebuild. */
  difference?: Omit<TableDifference, 'table' | 'examples'>
}

type Row = Record<string, unknown>

const examplesShown = 5

/** The audits of a table: its own, and where it has a key, that this is unique. */
export function auditsOf({ key, audits }: Pick<Audited, 'key' | 'audits'>): Audit[] {
  return [...(key ? [uniqueKey(key)] : []), ...audits]
}

/** Runs the audits of tables over all their rows. @param keep see `audit` @returns what each gives */
export async function auditAll(knex: Knex, tables: Audited[], keep = 0): Promise<AuditResult[]> {
  const failures = await audit(knex, new Map(tables.map((table) => [table, allRows])), keep)
  return tables.flatMap((table) =>
    auditsOf(table).map((each) => resultOf(failures, table.name, each)),
  )
}

function resultOf(
  failures: AuditResult[],
  model: string,
  { name: audit, severity = 'error' }: Pick<Audit, 'name' | 'severity'>,
): AuditResult {
  const failed = failures.find((each) => each.model === model && each.audit === audit)
  return failed ?? { model, audit, severity, holds: true, count: 0, examples: [], offenders: [] }
}

/**
 * Runs the audits of tables, each over the rows in its scope.
 * @param keep so many offending rows are kept of each
 * @returns what those give that do not hold
 */
export async function audit(
  knex: Knex,
  scopes: Map<Audited, Scope>,
  keep = 0,
): Promise<AuditResult[]> {
  const failures: AuditResult[] = []
  for (const [model, scope] of scopes) {
    for (const each of await suspectsOf(knex, model, scope)) {
      const failure = await inModel(knex, model, () => offend(knex, model, each, scope, keep))
      if (failure) failures.push(failure)
    }
  }
  return failures
}

/** The audits that a table, read once, does not show to hold. */
async function suspectsOf(knex: Knex, model: Audited, scope: Scope): Promise<Audit[]> {
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
  const equality = { name: 'equals its rebuild', severity: 'error' } as const
  const differing = await compareWithRebuild(knex, models)
  const failures = differing.map(({ table, examples, ...difference }) => {
    const rows = examples.map(({ key, was, becomes }) => ({
      ...key,
      table: was ?? 'no such row',
      rebuild: becomes ?? 'no such row',
    }))
    return {
      model: table,
      ...{ audit: equality.name, severity: equality.severity, holds: false },
      count: difference.added + difference.removed + difference.changed,
      examples: rows.map((row) => ({ row, from: undefined })),
      offenders: rows,
      difference,
    }
  })
  return models.map(({ name }) => resultOf(failures, name, equality))
}

/** Audits that do not hold refuse what was loaded, or the state of the warehouse. */
export class AuditsFailed extends DataRefused {
  override name = 'AuditsFailed'

  /** @param failures all that do not hold, those that only warn as well */
  constructor(
    said: string,
    findings: DataFault[],
    readonly failures: AuditResult[],
  ) {
    super(said, { findings })
  }
}

/** What audits warn of. */
export function warningsOf(results: AuditResult[]): Warning[] {
  const warnings = results.filter(({ holds, severity }) => !holds && severity === 'warn')
  return warnings.map(({ model: table, audit, count, examples }) => ({
    ...{ table, audit, count },
    example: examples[0]!.row,
  }))
}

/** A warning in words. */
export function warningText({ table, audit, count, example }: Warning): string {
  return `${table}: ${audit}: not of ${counted(count, 'row')}, such as ${JSON.stringify(example)}`
}

/** How many of audits hold, in words. */
export function auditsText(all: number, warned: number, failed = 0): string {
  if (warned + failed === 0) return `All ${all} audits hold.`
  const said = [
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(warned > 0 ? [`${warned} ${warned === 1 ? 'warns' : 'warn'}`] : []),
  ]
  return `${all - warned - failed} of ${all} audits hold: ${said.join(', ')}.`
}

/** @throws AuditsFailed that names every failed audit that does not only warn, its count and a few offending rows */
export function refuseFailures(results: AuditResult[]): void {
  const failures = results.filter(({ holds, severity }) => !holds && severity === 'error')
  if (failures.length === 0) return
  const lines = failures.map(
    ({ model, audit: name, count, examples, difference }) =>
      `${model}: ${name}: ${counted(count, 'row')} ${count === 1 ? 'fails' : 'fail'}${difference ? ` (${differenceText(difference)})` : ''}, such as\n` +
      examples.map(exampleText).join('\n'),
  )
  const wrong = failures.flatMap(({ model, difference }) => (difference ? [model] : []))
  if (wrong.length > 0) lines.push(`\`sparkify model up ${wrong.join(' ')}\` builds what is wrong.`)
  throw new AuditsFailed(
    `${counted(failures.length, 'audit')} failed.\n${lines.join('\n')}`,
    failures.flatMap(faultsOf),
    results.filter(({ holds }) => !holds),
  )
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
  model: Audited,
  each: Audit,
  scope: Scope,
  keep: number,
): Promise<AuditResult | undefined> {
  // One statement, whether it holds or only warns: those of a load do not depend on its rows.
  const found = await query(
    knex,
    `select offenders.*, count(*) over () as ${total}
    from (${offendersOf(each, model, scope)}) as offenders
    order by 1
    limit ${Math.max(examplesShown, keep)}`,
  )
  if (found.length === 0) return undefined
  const { name, severity = 'error' } = each
  const count = Number(found[0]![total])
  for (const row of found) delete row[total]
  const examples = []
  for (const row of found.slice(0, examplesShown))
    examples.push({ row, from: await positionOf(knex, model, row) })
  return {
    model: model.name,
    ...{ audit: name, severity, holds: false },
    count,
    examples,
    offenders: found.slice(0, keep),
  }
}

const total = 'rows_in_all'

async function positionOf(
  knex: Knex,
  { record }: Audited,
  row: Row,
): Promise<FilePosition | undefined> {
  const value = record?.value(row)
  if (!record || !value) return undefined
  return findRecord(knex, record.source, record.key, value)
}

async function query(knex: Knex, sql: string): Promise<Row[]> {
  return (await knex.raw<{ rows: Row[] }>(sql)).rows
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
