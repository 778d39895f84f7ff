import type { Knex } from 'knex'
import { jsonCopy, type StoredFile } from '../../sources/source'
import { settingsOf } from '../warehouse/connect'
import { UsageError } from '../warehouse/errors'
import { nearest } from '../warehouse/select'
import { exactTime } from '../warehouse/times'
import type { BadFile } from './file-diff'
import { beginLoad } from './ledger'
import { writeWork } from './work-data'

// Of more, the list is written to WORK_DATA and copied: a COPY takes longer than a few rows do, and
// as many statements for a million files as for a thousand.
const mostInserted = 1000

/** Enters files as staged by the load of this transaction; those with a reason as quarantined. */
export async function enterFiles(
  knex: Knex,
  table: string,
  files: (StoredFile | BadFile)[],
): Promise<void> {
  if (files.length === 0) return
  await withFileList(knex, files, (list) =>
    knex.raw(
      `insert into load_files (url, etag, size, state, reason, table_name, loaded_at)
      select url, etag, size, case when reason is null then 'loaded' else 'quarantined' end, reason, ?, sysdate
      from ${list}`,
      [table],
    ),
  )
}

/** Removes files from quarantine. */
export async function leaveQuarantine(
  knex: Knex,
  table: string,
  files: StoredFile[],
): Promise<void> {
  if (files.length === 0) return
  await withFileList(knex, files, (list) => removeEntries(knex, table, 'quarantined', list))
}

/** Moves files that were loaded to those that the load of this transaction replaced. */
export async function replaceEntries(
  knex: Knex,
  table: string,
  files: StoredFile[],
): Promise<void> {
  if (files.length === 0) return
  await withFileList(knex, files, async (list) => {
    await knex.raw(
      `insert into load_files_replaced (url, etag, size, table_name, loaded_at, replaced_by)
      select load_files.url, load_files.etag, load_files.size, table_name, loaded_at, sysdate
      from load_files
      join ${list} on ${list}.url = load_files.url
      where table_name = ? and state = 'loaded'`,
      [table],
    )
    await removeEntries(knex, table, 'loaded', list)
  })
}

async function removeEntries(
  knex: Knex,
  table: string,
  state: 'loaded' | 'quarantined',
  list: string,
): Promise<void> {
  await knex.raw(
    `delete from load_files
    using ${list}
    where load_files.url = ${list}.url and table_name = ? and state = ?`,
    [table, state],
  )
}

type Listed = StoredFile & Partial<BadFile>

/** Makes a temporary table of files for `work`, which is told its name. */
async function withFileList(
  knex: Knex,
  files: Listed[],
  work: (list: string) => PromiseLike<unknown>,
): Promise<void> {
  const list = 'listed_files'
  await knex.raw(
    `create temp table ${list} (
      url varchar(2048) not null, etag varchar(256) not null, size bigint not null, reason varchar(1024)
    )`,
  )
  const { WORK_DATA } = settingsOf(knex)
  if (WORK_DATA && files.length > mostInserted) await copyList(knex, WORK_DATA, list, files)
  else await insertList(knex, list, files)
  await work(list)
  await knex.raw(`drop table ${list}`)
}

const columns = ['url', 'etag', 'size', 'reason']

async function insertList(knex: Knex, list: string, files: Listed[]): Promise<void> {
  for (let from = 0; from < files.length; from += mostInserted) {
    const some = files.slice(from, from + mostInserted)
    await knex.raw(
      `insert into ${list} (${columns.join(', ')}) values ${some.map(() => '(?, ?, ?, ?)').join(', ')}`,
      some.flatMap((file) => [file.url, file.etag, file.size, reasonOf(file) ?? null]),
    )
  }
}

async function copyList(
  knex: Knex,
  workData: string,
  list: string,
  files: Listed[],
): Promise<void> {
  const text = (value: string | undefined) => JSON.stringify(value ?? null)
  const lines = files.map((file) => {
    const { url, etag, size } = file
    return `{"url":${text(url)},"etag":${text(etag)},"size":${size},"reason":${text(reasonOf(file))}}`
  })
  const from = await writeWork(knex, workData, 'files.jsonl', lines.join('\n'))
  const copied = { from, manifest: false, gzip: false }
  await knex.raw(jsonCopy(knex, { table: list, columns, json: 'auto' }, copied))
}

function reasonOf({ reason }: Listed): string | undefined {
  return reason?.slice(0, 256) // varchar(1024), in bytes
}

/** A file in quarantine, as the ledger has it. */
export interface QuarantineEntry {
  table_name: string
  url: string
  reason: string
  /** The run that put it there. */
  loaded_at: string
}

/** The files that are in quarantine. */
export async function listQuarantined(knex: Knex): Promise<QuarantineEntry[]> {
  const { rows } = await knex.raw<{ rows: QuarantineEntry[] }>(
    `select table_name, url, reason, ${exactTime('loaded_at')} as loaded_at
    from load_files where state = 'quarantined' order by table_name, url`,
  )
  return rows
}

/**
 * Lets files out of quarantine as they are, so that the next run tries them again.
 * @param urls theirs, or `all`
 * @returns the URLs of those that were let out
 * @throws UsageError that names each file that is not in quarantine
 */
export async function releaseQuarantined(knex: Knex, urls: string[]): Promise<string[]> {
  return knex.transaction(async (transaction) => {
    await beginLoad(transaction)
    const there = new Set((await listQuarantined(transaction)).map(({ url }) => url))
    if (urls.includes('all')) {
      await transaction.raw("delete from load_files where state = 'quarantined'")
      return [...there]
    }
    const faults = urls.filter((url) => !there.has(url)).map((url) => notThere(url, [...there]))
    if (faults.length > 0) throw new UsageError(faults.join('\n'))
    for (const url of urls)
      await transaction.raw("delete from load_files where state = 'quarantined' and url = ?", [url])
    return urls
  })
}

function notThere(url: string, quarantined: string[]): string {
  const near = nearest(url, quarantined)
  return `${url} is not in quarantine${near === undefined ? '.' : `: did you mean ${near}?`}`
}
