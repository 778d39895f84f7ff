import type { Knex } from 'knex'
import { type CopyFrom, copyStatement, type Source, type StoredFile } from '../../sources/index'
import { watchedCopy } from '../doctor/watch'
import { objectStoreOf, loadedAtOf, settingsOf } from '../warehouse/connect'
import { UsageError } from '../warehouse/errors'
import { asPrefix, placeOf } from '../warehouse/settings'
import { step, steps } from '../warehouse/steps'
import { compactSource } from './compact'
import { tracer } from './compact-part'
import { compareWithLedger, type Delivery, enterFiles, forgetLoads, loadsToRepeat } from './ledger'
import { findBadFiles } from './quarantine'

/** How a load goes about its files: the options of `run`; none of them with `knex seed:run`. */
export interface LoadOptions {
  /** Loads files that changed since they were loaded anew, in place of their former rows. */
  reload: boolean
  /** Bad rows that a COPY passes over. */
  maxErrors: number
  /** Leaves out the files that do not load, and notes them as quarantined. */
  quarantine: boolean
  /** Puts many small files together into few large ones before they are copied. */
  compact: boolean
}

const none: LoadOptions = { reload: false, maxErrors: 0, quarantine: false, compact: false }

/** The options of the load that `knex` runs. */
function loadOptionsOf(knex: Knex): LoadOptions {
  return { ...none, ...(knex.userParams as { load?: Partial<LoadOptions> }).load }
}

/** Writes the manifest of files to be staged under WORK_DATA. @returns its URL */
export async function writeManifest(
  knex: Knex,
  workData: string,
  table: string,
  files: StoredFile[],
): Promise<string> {
  const load = (await loadedAtOf(knex)).replaceAll(/[^\d]/g, '')
  const url = `${asPrefix(workData)}${load}-${table}.manifest`
  const entries = files.map((file) => ({ url: file.url, mandatory: true }))
  const buckets = await objectStoreOf(knex)
  await buckets.put(...placeOf(url), JSON.stringify({ entries }, undefined, 1))
  return url
}

/** Is told which staged rows are about to be removed, as a condition on them. */
type Touch = (isOfLoads: string) => Promise<void>

/**
 * Stages the files of a source that the ledger does not hold, and enters them, in the transaction of
 * `knex`. A file is staged once, however often this runs.
 */
export async function stage(knex: Knex, source: Source, beforeRemoval: Touch): Promise<void> {
  await step(source.table, async () => {
    const delivery = await loadable(knex, source, await deliveryOf(knex, source, beforeRemoval))
    if (delivery.fresh.length === 0) return 0
    await copy(knex, source, delivery)
    await enterFiles(knex, source.table, delivery.fresh)
    const counted = await knex.raw<{ rows: { rows: number }[] }>(
      'select pg_last_copy_count() as rows',
    )
    return counted.rows[0]!.rows
  })
}

/** With `quarantine`, the delivery without the files that do not load, which are entered as such. */
async function loadable(knex: Knex, source: Source, delivery: Delivery): Promise<Delivery> {
  if (!loadOptionsOf(knex).quarantine || delivery.fresh.length === 0) return delivery
  const bad = await findBadFiles(knex, source, delivery)
  await enterFiles(knex, source.table, bad)
  for (const { url, reason } of bad)
    steps.emit('notice', `${url} is put in quarantine until it changes: ${reason}`)
  const urls = new Set(bad.map(({ url }) => url))
  return { ...delivery, fresh: delivery.fresh.filter(({ url }) => !urls.has(url)) }
}

async function copy(knex: Knex, source: Source, delivery: Delivery): Promise<void> {
  const { maxErrors } = loadOptionsOf(knex)
  const from = await whereFrom(knex, source, delivery)
  const options = maxErrors > 0 ? [`maxerror ${maxErrors}`] : []
  await watchedCopy(knex, {
    source,
    files: delivery.fresh,
    statement: copyStatement(knex, source, from, options),
    predicate: 'loaded_at = sysdate',
    originOf: tracer(await objectStoreOf(knex)),
  })
}

/** What there is to stage. With `reload`, the loads of changed files are staged anew. */
async function deliveryOf(knex: Knex, source: Source, beforeRemoval: Touch): Promise<Delivery> {
  const delivery = await compareWithLedger(knex, source)
  const { reload } = loadOptionsOf(knex)
  if (!reload || delivery.changed.length === 0) {
    tellOfOthers(delivery)
    return delivery
  }
  const isOfLoads = await loadsToRepeat(knex, source, delivery)
  await beforeRemoval(isOfLoads)
  await forgetLoads(knex, source, isOfLoads)
  return compareWithLedger(knex, source)
}

function tellOfOthers({ changed, missing }: Delivery): void {
  for (const { url } of changed) {
    steps.emit(
      'notice',
      `${url} has changed since it was loaded: its former rows stay; see --reload`,
    )
  }
  for (const url of missing)
    steps.emit('notice', `${url} was loaded, and is there no more: its rows stay`)
}

/** The manifest of the new files; without a place to write one, the prefix, where it means just them. */
async function whereFrom(
  knex: Knex,
  source: Source,
  { fresh, known, ignored }: Delivery,
): Promise<CopyFrom> {
  const { WORK_DATA } = settingsOf(knex)
  const { table, from } = source
  const { compact: gzip } = loadOptionsOf(knex)
  const files = gzip ? (await compactSource(knex, source, fresh)).parts : fresh
  if (WORK_DATA)
    return { from: await writeManifest(knex, WORK_DATA, table, files), manifest: true, gzip }
  if (known === 0 && ignored.length === 0) return { from, manifest: false, gzip }
  throw new UsageError(
    `WORK_DATA is not set: the s3:// URL of a folder that may be written is expected. ` +
      `${table} holds ${known} files of ${from} already, and only a manifest there can name the ` +
      `${fresh.length} new ones to COPY. Set it in .env.`,
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
