import type { Knex } from 'knex'
import { DataRefused } from '../lib/errors'
import type { Place } from '../lib/load/trace'
import { type Audit, uniqueKey } from './audit'
import { type Among, type Model, amongTouched, everything } from './model'

/** An audit that does not hold. */
export interface Failure {
  model: string
  audit: string
  /** Rows for which it does not hold. */
  count: number
  /** The first few of them; `from` is where the file of this load has them. */
  examples: { row: Record<string, unknown>; from: Place | undefined }[]
}

const examplesShown = 5

/** The audits of a model: its own, and that its key is unique. */
export function auditsOf({ key, audits }: Model): Audit[] {
  return [uniqueKey(key), ...audits]
}

/** Runs the audits of models, over all their rows or over what a load touched. */
export async function audit(
  knex: Knex,
  models: Model[],
  scope: 'all' | 'touched',
): Promise<Failure[]> {
  const failures: Failure[] = []
  for (const model of models) {
    const among = scope === 'all' ? everything : amongTouched(model)
    for (const each of auditsOf(model)) {
      const failure = await offend(knex, model, each, among)
      if (failure) failures.push(failure)
    }
  }
  return failures
}

/** @throws DataRefused that names every failed audit, its count and a few offending rows */
export function refuseFailures(failures: Failure[]): void {
  if (failures.length === 0) return
  const lines = failures.map(
    ({ model, audit: name, count, examples }) =>
      `${model}: ${name}: ${count} rows fail, such as\n` + examples.map(exampleText).join('\n'),
  )
  throw new DataRefused(`${failures.length} audits failed.\n${lines.join('\n')}`)
}

function exampleText({ row, from }: Failure['examples'][number]): string {
  return `  ${JSON.stringify(row)}${from ? `  (${from.url}, line ${from.line})` : ''}`
}

async function offend(
  knex: Knex,
  model: Model,
  { name, offenders }: Audit,
  among: Among,
): Promise<Failure | undefined> {
  const from = `from (${offenders(model, among)}) as offenders`
  const rows = await query(knex, `select * ${from} limit ${examplesShown}`)
  if (rows.length === 0) return undefined
  const [counted] = await query(knex, `select count(*) as count ${from}`)
  const examples = []
  for (const row of rows) examples.push({ row, from: await placeOf(knex, model, row) })
  return { model: model.name, audit: name, count: Number(counted?.count), examples }
}

async function placeOf(
  knex: Knex,
  { origin }: Model,
  row: Record<string, unknown>,
): Promise<Place | undefined> {
  const value = origin.value(row)
  if (!value) return undefined
  const { findRecord } = await import('../lib/load/trace.ts')
  return findRecord(knex, origin.table, origin.key, value)
}

async function query(knex: Knex, sql: string): Promise<Record<string, unknown>[]> {
  return (await knex.raw<{ rows: Record<string, unknown>[] }>(sql)).rows
}
