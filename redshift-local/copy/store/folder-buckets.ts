import type { Dirent, Stats } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { SqlError } from '../../errors'
import type { ObjectBody, ObjectStore, OpenObject, StoredObject } from '../object-store'
import { fileError, isMissing } from './file-errors'
import { readChunks } from './read-chunks'
import { isPartial, writeWhole } from './write-whole'

/** The folders of a folder as buckets, their files as objects. No name leads out of it. */
export class FolderBuckets implements ObjectStore {
  constructor(readonly folder: string) {}

  async has(bucket: string): Promise<boolean> {
    if (!isPlain(bucket)) return false
    const found = await stat(join(this.folder, bucket)).catch(() => undefined)
    return found?.isDirectory() ?? false
  }

  list(bucket: string, prefix: string, signal?: AbortSignal): AsyncIterable<StoredObject> {
    const parent = prefix.slice(0, prefix.lastIndexOf('/') + 1)
    return this.#walk(bucket, parent, prefix, signal)
  }

  async open(bucket: string, key: string): Promise<OpenObject | undefined> {
    const path = this.#path(bucket, key)
    if (path === undefined || key.endsWith('/')) return undefined
    try {
      if (!(await stat(path)).isFile()) return undefined
      const file = await open(path)
      const found = await file.stat()
      return {
        size: found.size,
        etag: etagOf(found),
        chunks: readChunks(file, key, found.size),
        close: () => file.close(),
      }
    } catch (error) {
      if (isMissing(error)) return undefined
      throw fileError(error, path)
    }
  }

  async put(bucket: string, key: string, body: ObjectBody): Promise<void> {
    const path = this.#path(bucket, key)
    if (path === undefined) throw new SqlError('XX000', `"${key}" is no name for a file`)
    await writeWhole(path, body)
  }

  async *#walk(
    bucket: string,
    parent: string,
    prefix: string,
    signal?: AbortSignal,
  ): AsyncGenerator<StoredObject> {
    signal?.throwIfAborted()
    for (const key of await this.#entries(bucket, parent)) {
      if (!key.startsWith(prefix) && !prefix.startsWith(key)) continue
      if (key.endsWith('/')) yield* this.#walk(bucket, key, prefix, signal)
      else if (key.startsWith(prefix)) yield await this.#describe(bucket, key)
    }
  }

  async #describe(bucket: string, key: string): Promise<StoredObject> {
    const found = await stat(this.#path(bucket, key)!).catch(() => undefined)
    if (!found) return { key }
    return { key, size: found.size, etag: etagOf(found) }
  }

  // The keys in a folder, those of folders with a slash behind, in byte order.
  async #entries(bucket: string, parent: string): Promise<string[]> {
    const path = this.#path(bucket, parent)
    if (path === undefined) return []
    const keys: { key: string; bytes: Buffer }[] = []
    for (const entry of await readFolder(path)) {
      if (isPartial(entry.name)) continue
      const slash = (await isFolder(entry, path)) ? '/' : ''
      const key = parent + entry.name + slash
      keys.push({ key, bytes: Buffer.from(key) })
    }
    return keys.sort((one, other) => Buffer.compare(one.bytes, other.bytes)).map(({ key }) => key)
  }

  #path(bucket: string, key: string): string | undefined {
    const steps = key === '' ? [] : key.replace(/\/$/, '').split('/')
    return [bucket, ...steps].every(isPlain) ? join(this.folder, bucket, ...steps) : undefined
  }
}

// A folder has no ETags: size and time of the last change stand for one.
function etagOf({ size, mtimeMs }: Stats): string {
  return `${size}-${mtimeMs}`
}

// In S3 '..' is a name as any other; in a folder no file can have it.
function isPlain(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !/[/\\\0]/.test(name)
}

async function readFolder(path: string): Promise<Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true })
  } catch (error) {
    if (isMissing(error)) return []
    throw fileError(error, path)
  }
}

async function isFolder(entry: Dirent, parent: string): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory()
  const target = await stat(join(parent, entry.name)).catch(() => undefined)
  return target?.isDirectory() ?? false
}
