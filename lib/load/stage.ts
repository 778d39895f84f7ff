import type { Knex } from 'knex'
import { copyStatement, type Source, sourceOf, type StagingTable } from '../../sources/source'
import { watchedCopy } from '../doctor/watch'
import { objectStoreOf } from '../warehouse/connect'
import { step, steps } from '../warehouse/steps'
import { tracer } from './provenance'
import { diffFiles, type FileDiff } from './file-diff'
import { enterFiles, leaveQuarantine } from './file-entries'
import { thisLoad } from './ledger'
import { loadOptionsOf, rejectedBy, toleranceOf } from './load'
import { copyFrom } from './manifest'
import { findBadFiles } from './quarantine'
import { replaceFiles } from './reload'

/**
 * Stages the files of a source that the ledger does not hold, and enters them, in the transaction of
 * `knex`. A file is staged once, however often this runs.
 */
export async function stage(knex: Knex, table: StagingTable): Promise<void> {
  const source = sourceOf(knex, table)
  await step(source.table, async () => {
    const diff = await diffFiles(knex, source)
    await leaveQuarantine(knex, source.table, diff.released)
    const due = await withoutBad(knex, source, dueFiles(knex, diff))
    const changed = await replaceFiles(knex, source, due)
    const files = [...due.new, ...changed]
    if (files.length === 0) return 0
    await copy(knex, source, files, due.known === changed.length && due.ignored.length === 0)
    const counted = await knex.raw<{ rows: { rows: number }[] }>(
      'select pg_last_copy_count() as rows',
    )
    await enterFiles(knex, source.table, files)
    return counted.rows[0]!.rows
  })
}

/** Without `reload`, changed files are none that are due. */
function dueFiles(knex: Knex, diff: FileDiff): FileDiff {
  if (loadOptionsOf(knex).reload) return diff
  for (const { url } of diff.changed) {
    steps.emit(
      'notice',
      `${url} has changed since it was loaded: its former rows stay; see --reload`,
    )
  }
  for (const url of diff.missing)
    steps.emit('notice', `${url} was loaded, and no longer exists: its rows stay`)
  return { ...diff, changed: [] }
}

/** With `quarantine`, files that do not load are entered as such, and their former rows stay. */
async function withoutBad(knex: Knex, source: Source, diff: FileDiff): Promise<FileDiff> {
  const files = [...diff.new, ...diff.changed]
  if (!loadOptionsOf(knex).quarantine || files.length === 0) return diff
  const bad = await findBadFiles(knex, source, files, diff.known)
  await enterFiles(knex, source.table, bad)
  const changed = new Set(diff.changed.map(({ url }) => url))
  const quarantined = bad.map((file) => ({ ...file, hasFormerRows: changed.has(file.url) }))
  for (const { url, reason, hasFormerRows } of quarantined) {
    const kept = hasFormerRows ? '; its former rows stay' : ''
    steps.emit('notice', `${url} is quarantined until it changes${kept}: ${reason}`)
  }
  const urls = new Set(bad.map(({ url }) => url))
  const isGood = ({ url }: { url: string }) => !urls.has(url)
  return {
    ...diff,
    new: diff.new.filter(isGood),
    changed: diff.changed.filter(isGood),
    quarantined: [...diff.quarantined, ...quarantined],
    known: diff.known + bad.length,
  }
}

async function copy(
  knex: Knex,
  source: Source,
  files: FileDiff['new'],
  areAll: boolean,
): Promise<void> {
  const { maxErrors } = loadOptionsOf(knex)
  const from = await copyFrom(knex, source, files, { areAll })
  rejectedBy(knex).rows += await watchedCopy(knex, {
    source,
    files,
    statement: copyStatement(knex, source, from, toleranceOf(maxErrors)),
    predicate: thisLoad,
    originOf: tracer(await objectStoreOf(knex)),
  })
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
