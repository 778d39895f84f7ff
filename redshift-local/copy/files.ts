import { readText } from '../../object-store/index'
import { type Piece, readObjects } from '../../object-store/read-objects'
import type { FoundObject, ObjectStore, StoredObject } from '../../object-store/store'
import { SqlError } from '../errors'
import type { Json } from './json/documents'
import { copyLocation } from './source'
import type { CopyStatement } from './statement'

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
  async *[Symbol.asyncIterator](): AsyncGenerator<Piece<StoredObject>[]> {
    const { statement, store, signal } = this
    let found = false
    const named = statement.manifest ? this.#manifest() : this.#prefix()
    for await (const batch of readObjects(store, named, { signal, check: checkIsThere })) {
      found = true
      yield batch
    }
    if (!found) throw nothingFound(statement)
  }

  async *#prefix(): AsyncGenerator<NamedFile[]> {
    let count = 0
    for await (const page of this.store.list(this.statement.url, this.signal, 'names')) {
      count += page.length
      yield page.map((object) => ({ ...object, isListed: true }))
    }
    this.inAll = count
  }

  async *#manifest(): AsyncGenerator<NamedFile[]> {
    const entries = await readManifest(this.store, this.statement, this.signal)
    this.inAll = entries.length
    yield entries
  }
}

interface NamedFile extends StoredObject {
  mandatory?: boolean
  /** By the bucket, so it was there a moment ago. */
  isListed?: boolean
}

function checkIsThere(
  object: FoundObject | undefined,
  { url, mandatory, isListed }: NamedFile,
): void {
  if (object) return
  if (isListed) throw noSuchKey(url)
  if (!mandatory) return
  throw new SqlError('XX000', 'Mandatory url is not present in manifest file', {
    detail: `There is no ${url}.`,
  })
}

/** What S3 says where there is no object of the name (facts A6). */
export function noSuchKey(url: string): SqlError {
  return new SqlError(
    'XX000',
    'S3ServiceException:The specified key does not exist,Status 404,Error NoSuchKey',
    { detail: `There is no ${url}.` },
  )
}

function nothingFound({ manifest, key, url }: CopyStatement): SqlError {
  if (manifest) return new SqlError('XX000', `No file of the manifest ${url} exists`)
  return new SqlError('XX000', `The specified S3 prefix '${key}' does not exist`)
}

/** No manifest or JSONPaths file is larger. */
const mostBytes = 64 * 1024 * 1024

/** A manifest or JSONPaths file as a whole; undefined where there is none. */
export function readWhole(
  store: ObjectStore,
  url: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  return readText(store, url, { signal, mostBytes })
}

/**
 * The files that a manifest names, in its order; one listed twice is loaded twice (facts A5).
 * @throws SqlError where it is missing or malformed
 */
async function readManifest(
  store: ObjectStore,
  statement: CopyStatement,
  signal: AbortSignal,
): Promise<NamedFile[]> {
  const text = await readWhole(store, statement.url, signal)
  if (text === undefined) throw await missing(store, statement, signal)
  const entries = entriesOf(parse(text))
  if (!Array.isArray(entries)) throw malformed('"entries" is not a list')
  return entries.map(entryOf)
}

async function missing(store: ObjectStore, { url, key }: CopyStatement, signal: AbortSignal) {
  for await (const _ of store.list(url, signal))
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

function entryOf(entry: Json): NamedFile {
  if (entry === null || typeof entry !== 'object' || Array.isArray(entry))
    throw malformed('an entry is not an object')
  const { url, mandatory = false, meta } = entry
  if (typeof url !== 'string') throw malformed('an entry has no "url"')
  if (typeof mandatory !== 'boolean') throw malformed('"mandatory" is neither true nor false')
  copyLocation(url)
  const size = contentLength(meta)
  return { url, mandatory, ...(size !== undefined && { size }) }
}

/** What a manifest says of a file's size, which nothing but speed rests on (facts A5). */
function contentLength(meta: Json | undefined): number | undefined {
  if (meta === null || typeof meta !== 'object' || Array.isArray(meta)) return undefined
  const { content_length: size } = meta
  return typeof size === 'number' ? size : undefined
}

function malformed(what: string): SqlError {
  return new SqlError('XX000', `Invalid manifest file: ${what}`)
}
