import type { Knex } from 'knex'
import { openBuckets } from '../../knexfile'
import type { StoredFile } from './ledger'
import { asPrefix, placeOf } from '../settings'
import { environmentOf, loadedAtOf } from '../warehouse'

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
  const buckets = await openBuckets(environmentOf(knex))
  await buckets.put(...placeOf(url), JSON.stringify({ entries }, undefined, 1))
  return url
}
