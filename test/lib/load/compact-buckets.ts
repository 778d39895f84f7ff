import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Compacted, CompactedPart } from '../../../lib/load/compact'
import { type Provenance, readProvenance } from '../../../lib/load/provenance'
import { listAll, objectStore } from '../../../object-store/index'
import type { ObjectStore } from '../../../object-store/store'
import type { StoredFile } from '../../../sources/source'

/** Where the tests have parts written. */
export const partsFolder = 's3://work/compacted/t/'

/** A folder with the buckets `data` and `work`, gone when the tests are over. */
export class TestBuckets {
  readonly folder = mkdtempSync(join(tmpdir(), 'compact-'))
  readonly store: ObjectStore = objectStore({ folders: [this.folder] })

  constructor() {
    this.clear()
  }

  clear(): void {
    this.remove()
    for (const bucket of ['data', 'work']) mkdirSync(join(this.folder, bucket), { recursive: true })
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  put(key: string, body: string | Buffer): void {
    const path = join(this.folder, 'data', key)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, body)
  }

  files(): Promise<StoredFile[]> {
    return listFiles(this.store)
  }

  /** Every file of the bucket of parts, also one that no listing shows, with a hash of its bytes. */
  written(): Record<string, string> {
    const folder = join(this.folder, 'work')
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    const paths = entries.filter((entry) => entry.isFile()).map((e) => join(e.parentPath, e.name))
    const hash = (path: string) => createHash('sha1').update(readFileSync(path)).digest('hex')
    return Object.fromEntries(paths.sort().map((path) => [path.slice(folder.length), hash(path)]))
  }

  /** What a part holds, unpacked. */
  textOf({ url }: CompactedPart): string {
    return gunzipSync(this.bytesOf(url)).toString()
  }

  bytesOf(url: string): Buffer {
    return readFileSync(join(this.folder, url.slice('s3://'.length)))
  }

  async provenances({ parts }: Compacted): Promise<Provenance[]> {
    return Promise.all(parts.map(async ({ url }) => (await readProvenance(this.store, url))!))
  }
}

/** The objects of the bucket `data`. */
export async function listFiles(store: ObjectStore): Promise<StoredFile[]> {
  const listed = await listAll(store, 's3://data/')
  return listed.map(({ url, etag = '', size = 0 }) => ({ url, etag, size }))
}
