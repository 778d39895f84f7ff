import type { Dirent, Stats } from 'node:fs'
import {
  type FileHandle,
  mkdir,
  open,
  readdir,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import {
  type Buckets,
  type ObjectBody,
  ObjectStoreError,
  type OpenObject,
  type S3Location,
  type StoredObject,
} from './store'

/** The folders of a folder as buckets, their files as objects. No name leads out of it. */
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

  list({ bucket, key: prefix }: S3Location, signal?: AbortSignal): AsyncIterable<StoredObject> {
    const parent = prefix.slice(0, prefix.lastIndexOf('/') + 1)
    return this.#walk(bucket, parent, prefix, signal)
  }

  async open({ bucket, key }: S3Location): Promise<OpenObject | undefined> {
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
    const url = `s3://${bucket}/${key}`
    const found = await stat(this.#path(bucket, key)!).catch(() => undefined)
    return found ? { url, size: found.size, etag: etagOf(found) } : { url }
  }

  // The keys in a folder, those of folders with a slash behind, in byte order.
  async #entries(bucket: string, parent: string): Promise<string[]> {
    const path = this.#path(bucket, parent)
    if (path === undefined) return []
    const keys: { key: string; bytes: Buffer }[] = []
    for (const entry of await readFolder(path)) {
      if (partial.test(entry.name)) continue
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

const chunkBytes = 256 * 1024

/** The bytes of a file of about `size`. Each chunk is the reader's to keep. */
async function* readChunks(file: FileHandle, name: string, size: number): AsyncGenerator<Buffer> {
  // One byte more than there is finds the end, too.
  const length = Math.min(chunkBytes, size + 1)
  for (;;) {
    const { bytesRead, buffer } = await file
      .read(Buffer.allocUnsafeSlow(length), 0, length)
      .catch((error: unknown) => {
        throw fileError(error, name)
      })
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
  }
}

/** The name of a file that is being written, and is no object yet; in it the writer's process. */
const partial = /^\..+\.(\d+)\.partial$/

/**
 * Writes a file aside and moves it into place, so that nobody ever finds half of it.
 * @throws ObjectStoreError where it cannot be written; what `body` throws
 */
async function writeWhole(path: string, body: ObjectBody): Promise<void> {
  const aside = join(dirname(path), `.${basename(path)}.${process.pid}.partial`)
  try {
    await mkdir(dirname(path), { recursive: true })
    await clearLeftovers(path)
    await writeFile(aside, body)
    await rename(aside, path)
  } catch (error) {
    await rm(aside, { force: true }).catch(() => undefined)
    throw error instanceof Error && 'syscall' in error ? fileError(error, path) : error
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

/** No file of this name: it, or a folder on the way to it, does not exist; or it is a folder. */
function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG'].includes(codeOf(error))
}

function fileError(cause: unknown, name: string): ObjectStoreError {
  const code = codeOf(cause)
  if (code === 'EACCES' || code === 'EPERM')
    return new ObjectStoreError('access denied', `${name} may not be read or written.`, { cause })
  return new ObjectStoreError('unreachable', `${name} cannot be read or written: ${code}`, {
    cause,
  })
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
