import type { Dirent } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ObjectStore, OpenObject, StoredObject } from '../object-store'
import { fileError, isMissing } from './file-errors'
import { readChunks } from './read-chunks'

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
      const found = await stat(path)
      if (!found.isFile()) return undefined
      const file = await open(path)
      return { size: found.size, chunks: readChunks(file, key), close: () => file.close() }
    } catch (error) {
      if (isMissing(error)) return undefined
      throw fileError(error, path)
    }
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
      else if (key.startsWith(prefix)) yield { key }
    }
  }

  // The keys in a folder, those of folders with a slash behind, in byte order.
  async #entries(bucket: string, parent: string): Promise<string[]> {
    const path = this.#path(bucket, parent)
    if (path === undefined) return []
    const keys: { key: string; bytes: Buffer }[] = []
    for (const entry of await readFolder(path)) {
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
