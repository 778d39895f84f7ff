import { constants, type Stats } from 'node:fs'
import { type FileHandle, lstat, open, stat } from 'node:fs/promises'
import { ObjectStoreError, type OpenObject, type StoredObject } from './store'

/** The file at a path; undefined where nothing is there, or a folder. @throws for what is neither */
export async function fileAt(path: string): Promise<Stats | undefined> {
  try {
    const found = await stat(path)
    if (found.isDirectory()) return undefined
    if (found.isFile()) return found
    throw notAnObject(path, kindOf(found))
  } catch (error) {
    if (!isOfSystem(error)) throw error
    if (codeOf(error) === 'ELOOP') throw notAnObject(path, 'is a symbolic link to itself')
    if (!isMissing(error)) throw fileError(error, path)
    const entry = await lstat(path).catch(() => undefined)
    if (entry?.isSymbolicLink()) throw notAnObject(path, 'is a symbolic link to nothing')
    return undefined
  }
}

// Without waiting for a writer, should the file have become a FIFO meanwhile.
const readAtOnce = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

function kindOf(found: Stats): string {
  if (found.isFIFO()) return 'is a FIFO'
  return found.isSocket() ? 'is a socket' : 'is a device'
}

/** A path, and what it is that no object can be. */
export function notAnObject(path: string, what: string): ObjectStoreError {
  const message = `${path} ${what}: it cannot be an object of a bucket. Remove it, or name another prefix.`
  return new ObjectStoreError('not an object', message)
}

/** What a listing tells of a file. */
export function describeFile({ size, mtimeMs }: Stats): Required<Omit<StoredObject, 'url'>> {
  // A folder has no ETags: size and time of the last change stand for one.
  return { size, etag: `${size}-${mtimeMs}` }
}

/** Opens a file to be read; undefined where there is none. */
export async function openFile(path: string): Promise<OpenObject | undefined> {
  try {
    if (!(await fileAt(path))) return undefined
    const file = await open(path, readAtOnce)
    const found = await file.stat()
    return {
      ...describeFile(found),
      chunks: readChunks(file, path, found.size),
      close: () => file.close(),
    }
  } catch (error) {
    if (isMissing(error)) return undefined
    throw isOfSystem(error) ? fileError(error, path) : error
  }
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

/** True for what the operating system refused. */
export function isOfSystem(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}

/** No file of this name: it, or a folder on the way to it, does not exist; or it is a folder. */
export function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG'].includes(codeOf(error))
}

/** Why the operating system refused a file. */
export function fileError(cause: unknown, name: string): ObjectStoreError {
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
