import type { Knex } from 'knex'
import { openBuckets } from '../../knexfile'
import { UsageError } from '../errors'
import { type StoredFile, compareWithLedger } from '../load/ledger'
import { asPrefix } from '../settings'
import { type Source, sources } from '../load/sources'
import { steps } from '../steps'
import { environmentOf, settingsOf } from '../warehouse'
import {
  type Compacted,
  type CompactOptions,
  compactFiles,
  defaultSize,
  planCompaction,
} from './compact-files'
import type { PartSize, PlannedPart } from './plan'

/**
 * Puts files of a source together, as far as no earlier run did, and tells of each part.
 * @returns the parts that hold them
 * @throws UsageError without WORK_DATA; DataRefused for a file that cannot be taken
 */
export async function compactSource(
  knex: Knex,
  { table }: Source,
  files: StoredFile[],
  options: CompactOptions = defaultSize,
): Promise<Compacted> {
  const folder = partsFolder(knex, table)
  const onPart: CompactOptions['onPart'] = ({ originals, size }, { parts, of }) =>
    steps.emit(
      'notice',
      `${table}: part ${parts} of ${of} written: ${originals.length} files in ${megabytes(size)} MB`,
    )
  return compactFiles(await openBuckets(environmentOf(knex)), folder, files, { onPart, ...options })
}

/** The parts that `compactSource` would write. */
export async function planSource(
  knex: Knex,
  { table }: Source,
  files: StoredFile[],
  size: PartSize = defaultSize,
): Promise<PlannedPart[]> {
  const folder = partsFolder(knex, table)
  return planCompaction(await openBuckets(environmentOf(knex)), folder, files, size)
}

/** The files of a source that are to be loaded; all of them where no migration made a ledger yet. */
export async function newFiles(knex: Knex, source: Source): Promise<StoredFile[]> {
  const hasLedger = await knex.schema.hasTable('load_files')
  return (await compareWithLedger(knex, source, hasLedger)).fresh
}

/**
 * The URL of the folder of a table's parts, with a slash behind.
 * @throws UsageError where WORK_DATA is not set, or where the parts would lie among the files
 */
export function partsFolder(knex: Knex, table: string): string {
  const { WORK_DATA } = settingsOf(knex)
  if (!WORK_DATA) {
    throw new UsageError(
      'WORK_DATA is not set: compacted files need the s3:// URL of a folder that may be written, ' +
        's3://bucket/work. Set it in .env.',
    )
  }
  const folder = `${asPrefix(WORK_DATA)}compacted/`
  for (const { from } of sources(knex)) {
    if (!folder.startsWith(from)) continue
    throw new UsageError(
      `WORK_DATA is "${WORK_DATA}", within ${from}: the next load would take compacted files for ` +
        'data. A folder beside it is expected. Set it in .env.',
    )
  }
  return `${folder}${table}/`
}

/** Bytes as the project tells them. */
export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1)
}
