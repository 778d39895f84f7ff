import type { Knex } from 'knex'
import {
  type CopyFrom,
  copyStatement,
  type Source,
  sourceOf,
  type StagingTable,
} from '../../sources/source'
import { watchedCopy } from '../doctor/watch'
import { objectStoreOf, settingsOf } from '../warehouse/connect'
import { UsageError } from '../warehouse/errors'
import { step, steps } from '../warehouse/steps'
import { compactSource } from './compact'
import { tracer } from './provenance'
import {
  diffFiles,
  enterFiles,
  type FileDiff,
  forgetLoads,
  replacedLoads,
  thisLoad,
} from './ledger'
import { loadOptionsOf } from './load'
import { writeManifest } from './manifest'
import { findBadFiles } from './quarantine'
import { captureAffected } from './refresh'

/**
 * Stages the files of a source that the ledger does not hold, and enters them, in the transaction of
 * `knex`. A file is staged once, however often this runs.
 */
export async function stage(knex: Knex, table: StagingTable): Promise<void> {
  const source = sourceOf(knex, table)
  await step(source.table, async () => {
    const diff = await loadable(knex, source, await diffOf(knex, source))
    if (diff.new.length === 0) return 0
    await copy(knex, source, diff)
    await enterFiles(knex, source.table, diff.new)
    const counted = await knex.raw<{ rows: { rows: number }[] }>(
      'select pg_last_copy_count() as rows',
    )
    return counted.rows[0]!.rows
  })
}

/** With `quarantine`, the files without those that do not load, which are entered as such. */
async function loadable(knex: Knex, source: Source, diff: FileDiff): Promise<FileDiff> {
  if (!loadOptionsOf(knex).quarantine || diff.new.length === 0) return diff
  const bad = await findBadFiles(knex, source, diff)
  await enterFiles(knex, source.table, bad)
  for (const { url, reason } of bad)
    steps.emit('notice', `${url} is quarantined until it changes: ${reason}`)
  const urls = new Set(bad.map(({ url }) => url))
  return { ...diff, new: diff.new.filter(({ url }) => !urls.has(url)) }
}

async function copy(knex: Knex, source: Source, diff: FileDiff): Promise<void> {
  const { maxErrors } = loadOptionsOf(knex)
  const from = await whereFrom(knex, source, diff)
  const options = maxErrors > 0 ? [`maxerror ${maxErrors + 1}`] : []
  await watchedCopy(knex, {
    source,
    files: diff.new,
    statement: copyStatement(knex, source, from, options),
    predicate: thisLoad,
    originOf: tracer(await objectStoreOf(knex)),
  })
}

/** What there is to stage. With `reload`, the loads of changed files are staged again. */
async function diffOf(knex: Knex, source: Source): Promise<FileDiff> {
  const diff = await diffFiles(knex, source)
  const { reload } = loadOptionsOf(knex)
  if (!reload || diff.changed.length === 0) {
    notifyOfOthers(diff)
    return diff
  }
  const replaced = await replacedLoads(knex, source, diff)
  await captureAffected(knex, replaced)
  await forgetLoads(knex, source, replaced)
  return diffFiles(knex, source)
}

function notifyOfOthers({ changed, missing }: FileDiff): void {
  for (const { url } of changed) {
    steps.emit(
      'notice',
      `${url} has changed since it was loaded: its former rows stay; see --reload`,
    )
  }
  for (const url of missing)
    steps.emit('notice', `${url} was loaded, and no longer exists: its rows stay`)
}

/** The manifest of the new files; without a place to write one, the prefix, where it means just them. */
async function whereFrom(
  knex: Knex,
  source: Source,
  { new: added, known, ignored }: FileDiff,
): Promise<CopyFrom> {
  const { WORK_DATA } = settingsOf(knex)
  const { table, from } = source
  const { compact: gzip } = loadOptionsOf(knex)
  const files = gzip ? (await compactSource(knex, source, added)).parts : added
  if (WORK_DATA)
    return { from: await writeManifest(knex, WORK_DATA, table, files), manifest: true, gzip }
  if (known === 0 && ignored.length === 0) return { from, manifest: false, gzip }
  throw new UsageError(
    `WORK_DATA is not set: the s3:// URL of a folder that may be written is expected. ` +
      `${table} holds ${known} files of ${from} already, and only a manifest there can name the ` +
      `${added.length} new ones to COPY. Set it in .env.`,
  )
}

/** How far the COPY under way has come. */
export interface CopyProgress {
  files: number
  rows: number
  bytes: number
}

const running = `
  select file_count_scanned as files, loaded_rows as rows, loaded_bytes as bytes
  from sys_load_history
  where status = 'running' and table_name = ?
  order by query_id desc`

/** Asks Redshift, on a connection of its own, how far the COPY into `table` is; undefined where none runs. */
export async function copyProgress(knex: Knex, table: string): Promise<CopyProgress | undefined> {
  const { rows } = await knex.raw<{ rows: CopyProgress[] }>(running, [table])
  return rows[0]
}
