import {
  type ObjectStore,
  readAhead,
  readText,
  s3Location,
  type S3Location,
  type StoredObject,
} from '../../object-store/index'
import { SqlError } from '../errors'
import type { Json } from './json/documents'
import type { CopyStatement } from './statement'

interface ManifestEntry extends S3Location {
  mandatory: boolean
}

/**
 * The files that a manifest names, in its order; one listed twice is loaded twice (facts A5).
 * @throws SqlError where it is missing or malformed
 */
async function readManifest(
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

/** Larger objects are opened when their turn comes; smaller ones are fetched ahead as a whole. */
const smallBytes = 1024 * 1024
const objectsAhead = 16

/** One object that the COPY reads. */
export interface SourceFile {
  url: string
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>
}

/** The objects of a COPY in their order, and how many there are once that is known. */
export class SourceFiles {
  /** Undefined until the listing has come to its end. */
  inAll: number | undefined

  constructor(
    readonly statement: CopyStatement,
    readonly store: ObjectStore,
    readonly signal: AbortSignal,
  ) {}

  /** @throws SqlError where there is no object at all, or a mandatory one is missing */
  async *[Symbol.asyncIterator](): AsyncGenerator<SourceFile> {
    let found = false
    const named = this.statement.manifest ? this.#manifest() : this.#prefix()
    for await (const file of readAhead(named, objectsAhead, (name) => this.#fetch(name))) {
      if (!file) continue
      found = true
      yield file
    }
    if (!found) throw this.#nothingFound()
  }

  async *#prefix(): AsyncGenerator<Named> {
    const { bucket, key } = this.statement
    let count = 0
    for await (const object of this.store.list(bucket, key, this.signal)) {
      count++
      yield { ...object, bucket, url: `s3://${bucket}/${object.key}`, mandatory: false }
    }
    this.inAll = count
  }

  async *#manifest(): AsyncGenerator<Named> {
    const entries = await readManifest(this.store, this.statement, this.signal)
    this.inAll = entries.length
    yield* entries
  }

  async #fetch(named: Named): Promise<SourceFile | undefined> {
    const { url, size = 0 } = named
    if (size > smallBytes) return { url, chunks: this.#stream(named) }
    const object = await this.#open(named)
    if (!object) return undefined
    try {
      if (object.size > smallBytes) return { url, chunks: this.#stream(named) }
      const chunks: Buffer[] = []
      for await (const chunk of object.chunks) chunks.push(chunk)
      return { url, chunks }
    } finally {
      await object.close()
    }
  }

  async *#stream(named: Named): AsyncGenerator<Buffer> {
    const object = await this.#open(named)
    if (!object) return
    try {
      yield* object.chunks
    } finally {
      await object.close()
    }
  }

  async #open({ bucket, key, url, mandatory }: Named) {
    this.signal.throwIfAborted()
    const object = await this.store.open(bucket, key, this.signal)
    if (!object && mandatory)
      throw new SqlError('XX000', 'Mandatory url is not present in manifest file', {
        detail: `There is no ${url}.`,
      })
    return object
  }

  #nothingFound(): SqlError {
    const { manifest, key, url } = this.statement
    if (manifest) return new SqlError('XX000', `No file of the manifest ${url} exists`)
    return new SqlError('XX000', `The specified S3 prefix '${key}' does not exist`)
  }
}

type Named = ManifestEntry & StoredObject
