import { SqlError } from '../errors'
import type { Json } from './json/documents'
import type { ObjectStore } from './object-store'
import { readText } from './read-text'
import { s3Location, type S3Location } from './s3-url'

export interface ManifestEntry extends S3Location {
  mandatory: boolean
}

/**
 * The files that a manifest names, in its order; one listed twice is loaded twice (facts A5).
 * @throws SqlError where it is missing or malformed
 */
export async function readManifest(
  store: ObjectStore,
  location: S3Location,
  signal?: AbortSignal,
): Promise<ManifestEntry[]> {
  const text = await readText(store, location, signal)
  if (text === undefined) throw await missing(store, location, signal)
  const entries = entriesOf(parse(text))
  if (!Array.isArray(entries)) throw malformed('"entries" is not a list')
  return entries.map(entryOf)
}

async function missing(store: ObjectStore, { bucket, key }: S3Location, signal?: AbortSignal) {
  for await (const _ of store.list(bucket, key, signal))
    return new SqlError(
      'XX000',
      'COPY with MANIFEST parameter requires full path of an Amazon S3 object.',
    )
  return new SqlError('XX000', `The specified S3 prefix '${key}' does not exist`)
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch (cause) {
    throw Object.assign(malformed('it is not JSON'), { cause })
  }
}

function entriesOf(manifest: Json): Json | undefined {
  const isObject = manifest !== null && typeof manifest === 'object' && !Array.isArray(manifest)
  return isObject ? manifest.entries : undefined
}

function entryOf(entry: Json): ManifestEntry {
  if (entry === null || typeof entry !== 'object' || Array.isArray(entry))
    throw malformed('an entry is not an object')
  const { url, mandatory = false } = entry
  if (typeof url !== 'string') throw malformed('an entry has no "url"')
  if (typeof mandatory !== 'boolean') throw malformed('"mandatory" is neither true nor false')
  return { ...s3Location(url), mandatory }
}

function malformed(what: string): SqlError {
  return new SqlError('XX000', `Invalid manifest file: ${what}`)
}
