import type { Knex } from 'knex'
import { counted } from '../warehouse/counts'
import { describe, UsageError } from '../warehouse/errors'
import { retrying, steps } from '../warehouse/steps'
import { exactTime } from '../warehouse/times'
import { type AuditResult, AuditsFailed } from './audit'
import { latestLoad } from './ledger'
import { loadOptionsOf } from './load'

/** Of each audit so many rows are kept at most; how many there were is told with the audit. */
export const mostKept = 1000

const mostInserted = 100
const longestText = 65_535 // bytes of a VARCHAR

/**
 * Keeps the rows for which audits do not hold, in the transaction of `knex`.
 * @param failures with as many rows as are to be kept
 * @param load that was audited; without one it is that of the transaction
 * @returns how many were kept
 */
export async function keepOffenders(
  knex: Knex,
  failures: AuditResult[],
  load?: string | null,
): Promise<number> {
  const now = await currentTime(knex)
  const lines = failures.flatMap(({ model, audit, severity, offenders }) =>
    offenders.map((row) => [
      now,
      load === undefined ? now : load,
      ...[model, audit, severity, textOf(row)],
    ]),
  )
  for (let from = 0; from < lines.length; from += mostInserted) {
    const some = lines.slice(from, from + mostInserted)
    await knex.raw(
      `insert into audit_rows (audited_at, loaded_at, table_name, audit, severity, offender)
      values ${some.map(() => '(?, ?, ?, ?, ?, ?)').join(', ')}`,
      some.flat() as Knex.RawBinding[],
    )
  }
  return lines.length
}

/** @throws UsageError where the migrations have not made the table yet that rows are kept in */
export async function expectAuditRows(knex: Knex): Promise<void> {
  if (await knex.schema.hasTable('audit_rows')) return
  throw new UsageError(
    'There is no table audit_rows yet, and --store needs it: `sparkify run` makes it.',
  )
}

/** Keeps them in a transaction of its own, for audits of what is loaded. @returns how many were kept */
export async function keepLater(knex: Knex, results: AuditResult[]): Promise<number> {
  const failures = results.filter(({ holds }) => !holds)
  const load = await latestLoad(knex)
  return retrying(() => knex.transaction((own) => keepOffenders(own, failures, load)))
}

/** That rows were kept, in words. */
export function keptText(rows: number): string {
  return `${counted(rows, 'row')} kept in audit_rows: \`sparkify sql "select * from audit_rows order by audited_at desc"\``
}

/**
 * What keeps the rows that had a load refused, where that is asked for; it has to run after the rollback, which would
 * take them along.
 * @param transaction of the load, not yet rolled back
 */
export async function keepingRefused(
  transaction: Knex,
  error: unknown,
): Promise<((knex: Knex) => Promise<void>) | undefined> {
  if (!(error instanceof AuditsFailed) || !loadOptionsOf(transaction).store) return undefined
  const load = await currentTime(transaction)
  return async (knex) => {
    try {
      const keep = () =>
        knex.transaction((other: Knex) => keepOffenders(other, error.failures, load))
      steps.emit('notice', keptText(await retrying(keep)))
    } catch (reason) {
      // That the load was refused is what counts.
      steps.emit('notice', `The rows could not be kept in audit_rows: ${describe(reason)}`)
    }
  }
}

async function currentTime(knex: Knex): Promise<string> {
  const { rows } = await knex.raw<{ rows: { now: string }[] }>(
    `select ${exactTime('sysdate')} as now`,
  )
  return rows[0]!.now
}

function textOf(row: Record<string, unknown>): string {
  const text = JSON.stringify(row)
  if (Buffer.byteLength(text) <= longestText) return text
  return JSON.stringify({ cut: text.slice(0, longestText / 8) }) // a character may be escaped, and of several bytes
}
