import type { Knex } from 'knex'
import { models, tables } from '../../models/index'
import type { Change, Model } from '../../models/model'
import type { Audited } from '../../models/audits'
import { allRows, ofThisLoad, type Scope } from '../../models/scope'
import { stagingAudits } from '../../models/usual'
import { stagingTables } from '../../sources/index'
import { UsageError } from '../warehouse/errors'
import { select, withDependents } from '../warehouse/select'
import { step, steps, type Warning } from '../warehouse/steps'
import { audit, auditByRebuild, auditsOf, refuseFailures, warningsOf } from './audit'
import { keepOffenders, keptText, mostKept } from './audit-rows'
import { inModel, refuseMissingColumns } from './model-faults'
import { enterFingerprints, modelsToBuild, notBuilt, removeFingerprints } from './fingerprint'
import { beginLoad } from './ledger'
import { loadOptionsOf } from './load'

/**
 * Notes the keys of the star that staged rows affect, after they came, or before they go.
 * @throws UsageError for a model whose table lacks a column
 */
export async function captureAffected(knex: Knex, change: Change): Promise<void> {
  await refuseMissingColumns(knex)
  const touched = new Set<string>()
  for (const { name } of stagingTables) {
    if (await hasRows(knex, `${name} where ${change.loadPredicate}`)) touched.add(name)
  }
  if (touched.size === 0) return
  const rebuilds = (await modelsToBuild(knex)).map(({ model }) => model)
  for (const model of models.filter((model) => !rebuilds.includes(model))) {
    for (const through of model.from.filter((name) => touched.has(name))) {
      await inModel(knex, model, () => model.captureAffected(knex, through, change))
      touched.add(model.name)
    }
  }
}

async function hasRows(knex: Knex, from: string): Promise<boolean> {
  const { rows } = await knex.raw<{ rows: unknown[] }>(`select 1 from ${from} limit 1`)
  return rows.length > 0
}

/** What a load changed: rows removed and written per table of the star, and what its audits gave. */
export interface Refreshed {
  removed: Record<string, number>
  changed: Record<string, number>
  /** How many audits passed. */
  audits: number
  /** Their names, by table. */
  audited: Record<string, string[]>
  warnings: Warning[]
}

/**
 * Brings the affected keys up to what is staged, builds models that changed as a whole, and audits what
 * was written. Rows that came and rows that went are one to it, so a load and its undoing are the same
 * routine.
 * @param staged the staging tables of which rows came, and are audited as well
 * @throws AuditsFailed for those that do not only warn
 */
export async function refreshStar(knex: Knex, staged: string[]): Promise<Refreshed> {
  const removed: Record<string, number> = {}
  const changed: Record<string, number> = {}
  const rebuilds = await modelsToBuild(knex)
  const scopes = new Map<Audited, Scope>()
  for (const table of stagingTables)
    if (staged.includes(table.name)) scopes.set(stagingAudits(table), ofThisLoad)
  for (const model of models) {
    const rebuild = rebuilds.find((each) => each.model === model)
    if (rebuild && !rebuild.why.includes(notBuilt)) {
      steps.emit('notice', `${model.name} is built as a whole: ${rebuild.why.join(', ')}`)
    }
    const refresh = async () => {
      if (rebuild) return { removed: await model.down(knex), written: await model.up(knex) }
      const affected = await model.affected(knex)
      if (!affected) return { removed: 0, written: 0 }
      scopes.set(model, affected)
      return model.refresh(knex, affected)
    }
    await step(model.name, async () => {
      const refreshed = await inModel(knex, model, refresh)
      removed[model.name] = refreshed.removed
      changed[model.name] = refreshed.written
      return { count: refreshed.written, removed: refreshed.removed }
    })
  }
  const built = rebuilds.map(({ model }) => model)
  if (built.length > 0) await enterFingerprints(knex, built)
  // What refers to a table that was built as a whole may be any row.
  if (built.length > 0) for (const model of models) scopes.set(model, allRows)
  const warnings = await auditScopes(knex, scopes)
  for (const model of models) await model.discardAffected(knex)
  const hasWarned = (table: string, audit: string) =>
    warnings.some((warning) => warning.table === table && warning.audit === audit)
  const passed = [...scopes.keys()].map(({ name: table, ...audited }) => {
    const names = auditsOf(audited).map(({ name }) => name)
    return [table, names.filter((name) => !hasWarned(table, name))] as const
  })
  const audits = passed.flatMap(([, names]) => names).length
  return { removed, changed, audits, audited: Object.fromEntries(passed), warnings }
}

async function auditScopes(knex: Knex, scopes: Map<Audited, Scope>): Promise<Warning[]> {
  const { store } = loadOptionsOf(knex)
  let warnings: Warning[] = []
  const check = async () => {
    const failures = await audit(knex, scopes, store ? mostKept : 0)
    refuseFailures(failures)
    if (store) steps.emit('notice', keptText(await keepOffenders(knex, failures)))
    warnings = warningsOf(failures)
    return { count: [...scopes.keys()].flatMap(auditsOf).length, warnings }
  }
  await step('audits', check, 'audits')
  return warnings
}

/** Compares the star with its rebuild. @throws DataRefused where they differ */
export async function compareStar(knex: Knex): Promise<void> {
  const compare = async () => {
    refuseFailures(await auditByRebuild(knex, models))
    return models.length
  }
  await step('full audit', compare, 'tables')
}

/**
 * Builds models (up), or takes them back (down), with all that depend on them, in one transaction.
 * @param patterns see `select`; all models for none
 * @param exclude patterns of what is left out
 * @returns the rows that each model wrote or lost, in the order that it happened
 * @throws UsageError for a pattern that selects no model, for a model that is excluded and depends on one that
 * is not, and for one that cannot be built
 */
export async function buildModels(
  knex: Knex,
  direction: 'up' | 'down',
  patterns: string[],
  exclude: string[] = [],
): Promise<{ name: string; rows: number }[]> {
  const order = dependentsOf(selectModels(patterns, exclude).map(({ name }) => name))
  if (exclude.length > 0) refuseExcluded(order, selectModels(exclude))
  if (direction === 'down') order.reverse()
  if (direction === 'up') await refuseMissingColumns(knex)
  return knex.transaction(async (transaction) => {
    await beginLoad(transaction)
    const built = []
    for (const model of order) {
      const rows = await inModel(transaction, model, () => model[direction](transaction))
      built.push({ name: model.name, rows })
    }
    await (direction === 'up' ? enterFingerprints : removeFingerprints)(transaction, order)
    return built
  })
}

// Left as it is, such a table would no longer be what its model says.
function refuseExcluded(order: Model[], excluded: Model[]): void {
  const names = order.map(({ name }) => name)
  const faults = order
    .filter((model) => excluded.includes(model))
    .map(({ name, from }) => {
      const read = from.filter((other) => names.includes(other))
      const all = read.map((other) => `"${other}+"`).join(' and ')
      return `${name} cannot be left out: it is made from ${read.join(' and ')}; exclude ${all}.`
    })
  if (faults.length > 0) throw new UsageError(faults.join('\n'))
}

/**
 * The models that patterns select, in the order of building.
 * @param exclude patterns of those that are left out
 * @throws UsageError for a pattern that selects none
 */
export function selectModels(patterns: string[], exclude: string[] = []): Model[] {
  const all = models.map(({ name }) => name)
  const selected = select(patterns, 'model', tables, all, exclude)
  return models.filter(({ name }) => selected.includes(name))
}

/** The tables with audits that patterns select, staging tables first. See `selectModels`. */
export function selectAudited(patterns: string[], exclude: string[] = []): Audited[] {
  const audited = [...stagingTables.map(stagingAudits), ...models]
  const all = audited.map(({ name }) => name)
  const selected = select(patterns, 'table', tables, all, exclude)
  return audited.filter(({ name }) => selected.includes(name))
}

/** The models that depend on tables, staging tables or models, and those models themselves. */
export function dependentsOf(tables: string[]): Model[] {
  const dependents = withDependents(tables, models)
  return models.filter(({ name }) => dependents.has(name))
}
