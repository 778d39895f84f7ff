import { mkdir, readdir, rename, rm, unlink, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { fileError, isMissing, isOfSystem, openFile, type ReadBuffer } from './file'
import {
  type Buckets,
  type ObjectBody,
  type Needed,
  ObjectStoreError,
  type OpenObject,
  type S3Location,
  type StoredObject,
  type WholeObject,
} from './store'
import { outlastsPowerCut, syncName } from './sync'
import { FolderWalk, isFolder, partial } from './walk'

/**
 * The folders of a folder as buckets, their files as objects. No key leads out of it; a symbolic link may.
 * What S3 cannot hold, a FIFO or a name that is not UTF-8, is refused by name where a listing meets it.
 */
export class FolderBuckets implements Buckets {
  readonly folder: string

  constructor(folder: string) {
    this.folder = resolve(folder)
  }

  has(bucket: string): boolean {
    return isPlain(bucket) && isFolder(join(this.folder, bucket))
  }

  async *list(
    { bucket, key: prefix }: S3Location,
    signal?: AbortSignal,
    needed: Needed = 'all',
  ): AsyncGenerator<StoredObject[]> {
    const key = prefix.slice(0, prefix.lastIndexOf('/') + 1)
    const path = this.#path(bucket, key)
    if (path === undefined) return
    const walk = new FolderWalk(bucket, prefix, { path, key }, needed)
    for (let page = walk.next(); page; page = walk.next()) {
      if (page.length > 0) yield page
      await setImmediate()
      signal?.throwIfAborted()
    }
  }

  /** Undefined where there is no such object, 'no room' where it does not fit into the buffer. */
  read(
    { bucket, key }: S3Location,
    into: { buffer: ReadBuffer; size: number | undefined; etags: boolean },
  ): WholeObject | 'no room' | undefined {
    const path = this.#path(bucket, key)
    if (path === undefined || key.endsWith('/')) return undefined
    return into.buffer.read(path, into.size, into.etags)
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

  async remove({ bucket, key }: S3Location): Promise<void> {
    const path = this.#path(bucket, key)
    if (path === undefined) return
    try {
      await unlink(path)
    } catch (error) {
      if (!isMissing(error)) throw isOfSystem(error) ? fileError(error, path) : error
    }
  }

  #path(bucket: string, key: string): string | undefined {
    if (!isPlain(bucket) || odd.test(key) || (sep !== '/' && key.includes(sep))) return undefined
    const path = `${this.folder}${sep}${bucket}${sep}${key}`
    return key === '' || key.endsWith('/') ? path.slice(0, -1) : path
  }
}

// In S3 '..' is a name as any other, and so is none; in a folder no file can have it.
const odd = /(?:^|\/)\.{0,2}\/|(?:^|\/)\.{1,2}$|\0/

function isPlain(name: string): boolean {
  return !['', '.', '..'].includes(name) && !/[/\0]/.test(name) && !name.includes(sep)
}

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
