import type { Knex } from 'knex'
import type { CopyFrom, Source, StoredFile } from '../../sources/source'
import { settingsOf } from '../warehouse/connect'
import { counted } from '../warehouse/counts'
import { UsageError } from '../warehouse/errors'
import { compactSource } from './compact'
import { loadOptionsOf } from './load'
import { writeWork } from './work-data'

/** Writes the manifest of files to be staged under WORK_DATA. @returns its URL */
export function writeManifest(
  knex: Knex,
  workData: string,
  table: string,
  files: StoredFile[],
): Promise<string> {
  // Redshift ignores the size, which spares the local one a call for each file.
  const entries = files.map(
    ({ url, size }) =>
      `{"url": ${JSON.stringify(url)}, "mandatory": true, "meta": {"content_length": ${size}}}`,
  )
  const text = `{"entries": [\n${entries.join(',\n')}\n]}`
  return writeWork(knex, workData, `${table}.manifest`, text)
}

/**
 * What a COPY of files of a source reads: a manifest of them, named after a table; without a place to
 * write one, the prefix, where they are all that is there.
 */
export async function copyFrom(
  knex: Knex,
  source: Source,
  files: StoredFile[],
  { areAll, table = source.table }: { areAll: boolean; table?: string },
): Promise<CopyFrom> {
  const { WORK_DATA } = settingsOf(knex)
  const { compact: gzip } = loadOptionsOf(knex)
  const copied = gzip ? (await compactSource(knex, source, files)).parts : files
  if (WORK_DATA)
    return { from: await writeManifest(knex, WORK_DATA, table, copied), manifest: true, gzip }
  if (areAll) return { from: source.from, manifest: false, gzip }
  throw new UsageError(
    `WORK_DATA is not set: the s3:// URL of a folder that may be written is expected. ` +
      `${source.from} holds others than the ${counted(files.length, 'file')} to be loaded into ` +
      `${source.table}, and only a manifest there can name these to COPY. Set it in .env.`,
  )
}
