import { isUtf8 } from 'node:buffer'
import type { Dirent } from 'node:fs'
import { mkdir, readdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve, sep } from 'node:path'
import {
  describeFile,
  fileAt,
  fileError,
  isMissing,
  isOfSystem,
  notAnObject,
  openFile,
} from './file'
import {
  type Buckets,
  type ObjectBody,
  ObjectStoreError,
  type OpenObject,
  type S3Location,
  type StoredObject,
} from './store'
import { outlastsPowerCut, syncName } from './sync'

/**
 * The folders of a folder as buckets, their files as objects. No key leads out of it; a symbolic link may.
 * What S3 cannot hold, a FIFO or a name that is not UTF-8, is refused by name where a listing meets it.
 */
export class FolderBuckets implements Buckets {
  readonly folder: string

  constructor(folder: string) {
    this.folder = resolve(folder)
  }

  async has(bucket: string): Promise<boolean> {
    if (!isPlain(bucket)) return false
    const found = await stat(join(this.folder, bucket)).catch(() => undefined)
    return found?.isDirectory() ?? false
  }

  async *list(
    { bucket, key: prefix }: S3Location,
    signal?: AbortSignal,
  ): AsyncGenerator<StoredObject> {
    const parent = prefix.slice(0, prefix.lastIndexOf('/') + 1)
    const path = this.#path(bucket, parent)
    if (path !== undefined) yield* this.#walk(bucket, parent, prefix, await above(path), signal)
  }

  async open({ bucket, key }: S3Location): Promise<OpenObject | undefined> {
    const path = this.#path(bucket, key)
    if (path === undefined || key.endsWith('/')) return undefined
    return openFile(path)
  }

  async put({ bucket, key }: S3Location, body: ObjectBody): Promise<void> {
    const path = this.#path(bucket, key)
    if (path === undefined)
      throw new ObjectStoreError('invalid url', `"${key}" is no name for a file`)
    await writeWhole(path, body)
  }

  async *#walk(
    bucket: string,
    parent: string,
    prefix: string,
    folders: string[],
    signal?: AbortSignal,
  ): AsyncGenerator<StoredObject> {
    signal?.throwIfAborted()
    for (const { key, name } of await this.#entries(bucket, parent)) {
      const isListed = key.startsWith(prefix)
      if (!isListed && !prefix.startsWith(key)) continue
      const path = join(this.folder, bucket, key)
      if (!isUtf8(name)) throw notAnObject(escaped(join(dirname(path), '/'), name), notUtf8)
      if (key.endsWith('/'))
        yield* this.#walk(bucket, key, prefix, await oneFurther(folders, path), signal)
      else if (isListed) {
        const found = await fileAt(path)
        if (found) yield { url: `s3://${bucket}/${key}`, ...describeFile(found) }
      }
    }
  }

  // The keys in a folder, those of folders with a slash behind, in byte order.
  async #entries(bucket: string, parent: string): Promise<{ key: string; name: Buffer }[]> {
    const path = this.#path(bucket, parent)!
    const entries: { key: string; name: Buffer; bytes: Buffer }[] = []
    for (const entry of await readFolder(path)) {
      const text = entry.name.toString()
      if (partial.test(text)) continue
      const slash = (await isFolder(entry, join(path, text))) ? '/' : ''
      const key = parent + text + slash
      entries.push({ key, name: entry.name, bytes: Buffer.from(key) })
    }
    return entries.sort((one, other) => Buffer.compare(one.bytes, other.bytes))
  }

  #path(bucket: string, key: string): string | undefined {
    const steps = key === '' ? [] : key.replace(/\/$/, '').split('/')
    return [bucket, ...steps].every(isPlain) ? join(this.folder, bucket, ...steps) : undefined
  }
}

// In S3 '..' is a name as any other; in a folder no file can have it.
function isPlain(name: string): boolean {
  return !['', '.', '..'].includes(name) && !/[/\0]/.test(name) && !name.includes(sep)
}

async function readFolder(path: string): Promise<Dirent<Buffer>[]> {
  try {
    return await readdir(path, { withFileTypes: true, encoding: 'buffer' })
  } catch (error) {
    if (isMissing(error)) return []
    throw fileError(error, path)
  }
}

async function isFolder(entry: Dirent<Buffer>, path: string): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory()
  const target = await stat(path).catch(() => undefined)
  return target?.isDirectory() ?? false
}

const notUtf8 = 'has a name that is not UTF-8'

function escaped(folder: string, name: Buffer): string {
  const text = name.toString('latin1')
  return folder + text.replaceAll(/[^ -~]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16)}`)
}

/** The folders on the way to a path, that one included, as they are without symbolic links. */
async function above(path: string): Promise<string[]> {
  const real = await realpath(path).catch(() => undefined)
  const higher = dirname(path)
  return [...(higher === path ? [] : await above(higher)), ...(real === undefined ? [] : [real])]
}

/** @throws ObjectStoreError where a folder is one of those that lead to it */
async function oneFurther(folders: string[], path: string): Promise<string[]> {
  const real = await realpath(path).catch(() => path)
  if (folders.includes(real)) throw notAnObject(path, 'is a link to a folder that it lies in')
  return [...folders, real]
}

/** The name of a file that is being written, and is no object yet; in it the writer's process. */
const partial = /^\..+\.(\d+)\.partial$/

/**
 * Writes a file aside and moves it into place, so that nobody ever finds half of it, not even after a
 * power cut.
 * @throws ObjectStoreError where it cannot be written; what `body` throws
 */
async function writeWhole(path: string, body: ObjectBody): Promise<void> {
  const aside = join(dirname(path), `.${basename(path)}.${process.pid}.partial`)
  try {
    const made = await mkdir(dirname(path), { recursive: true })
    await clearLeftovers(path)
    await writeFile(aside, body, { flush: outlastsPowerCut() })
    await rename(aside, path)
    syncName(path, made)
  } catch (error) {
    await rm(aside, { force: true }).catch(() => undefined)
    throw isOfSystem(error) ? fileError(error, path) : error
  }
}

// A process that was killed while it wrote this very file has left its beginning.
async function clearLeftovers(path: string): Promise<void> {
  for (const name of await readdir(dirname(path))) {
    const pid = partial.exec(name)?.[1]
    if (pid === undefined || name !== `.${basename(path)}.${pid}.partial`) continue
    if (!isAlive(Number(pid))) await rm(join(dirname(path), name), { force: true })
  }
}

/** True for a process that runs, whoever's it is. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
