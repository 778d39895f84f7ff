import type { Knex } from 'knex'
import { loadedAtOf, objectStoreOf } from '../warehouse/connect'
import { asPrefix } from '../warehouse/settings'
import type { StoredFile } from '../../sources/source'

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
  await buckets.put(url, JSON.stringify({ entries }, undefined, 1))
  return url
}
