import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  type Stats,
  statSync,
} from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { type FoundObject, ObjectStoreError, type OpenObject, type WholeObject } from './store'

/** The file at a path; undefined where nothing is there, or a folder. @throws for what is neither */
export function fileAt(path: string): Stats | undefined {
  try {
    const found = statSync(path)
    return isFile(found, path) ? found : undefined
  } catch (error) {
    if (!isOfSystem(error)) throw error
    if (codeOf(error) === 'ELOOP') throw notAnObject(path, 'is a symbolic link to itself')
    if (!isMissing(error)) throw fileError(error, path)
    if (isLink(path)) throw notAnObject(path, 'is a symbolic link to nothing')
    return undefined
  }
}

/** False for a folder. @throws for what is neither */
function isFile(found: Stats, path: string): boolean {
  if (found.isFile()) return true
  if (found.isDirectory()) return false
  throw notAnObject(path, kindOf(found))
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink()
  } catch {
    return false
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
export function describeFile({ size, mtimeMs }: Stats): Required<FoundObject> {
  // A folder has no ETags: size and time of the last change stand for one.
  return { size, etag: `${size}-${mtimeMs}` }
}

/** Opens a file to be read; undefined where there is none. */
export async function openFile(path: string): Promise<OpenObject | undefined> {
  try {
    if (!fileAt(path)) return undefined
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

/** Room for the bytes of many small files. */
export class ReadBuffer {
  #bytes: Buffer | undefined
  #used = 0

  /**
   * The file at a path, as a whole; undefined where there is none, 'no room' where it does not fit any
   * more. The bytes are the reader's to keep.
   * @param size as it was listed, where it was
   * @param etags tells its etag, which takes one call more
   */
  read(
    path: string,
    size: number | undefined,
    etags: boolean,
  ): WholeObject | 'no room' | undefined {
    let file: number | undefined
    try {
      file = openSync(path, readAtOnce)
      const bytes = this.#readAll(file, size)
      if (!bytes) return 'no room'
      // What is no file gives nothing: a device, or a FIFO, which has no positions to read at.
      const found = etags || bytes.length === 0 ? fstatSync(file) : undefined
      if (found && !isFile(found, path)) return undefined
      return { bytes, size: bytes.length, ...(found && describeFile(found)) }
    } catch (error) {
      if (!isOfSystem(error)) throw error
      if (!fileAt(path)) return undefined
      throw fileError(error, path)
    } finally {
      if (file !== undefined) closeSync(file)
    }
  }

  #readAll(file: number, size: number | undefined): Buffer | undefined {
    const start = this.#used
    if (start + (size ?? 0) >= roomBytes) return undefined
    const room = (this.#bytes ??= Buffer.allocUnsafeSlow(roomBytes))
    for (let end = start; end < roomBytes;) {
      const read = readSync(file, room, end, roomBytes - end, end - start)
      end += read
      // What is as long as it is said to be has ended: one call less for each file.
      if (read > 0 && end - start !== size) continue
      this.#used = end
      return room.subarray(start, end)
    }
    return undefined
  }
}

const roomBytes = 256 * 1024

const chunkBytes = 256 * 1024

/** Chunks whose bytes nobody needs any more: a new one would be filled with zeros first, page by page. */
const spare: Buffer[] = []
const mostSpare = 4
const lent = new WeakSet<ArrayBufferLike>()

/** Gives back a chunk: its bytes change from now on. Whoever keeps a chunk does not; any other is let be. */
export function giveBack({ buffer }: Buffer): void {
  if (lent.delete(buffer) && spare.length < mostSpare) spare.push(Buffer.from(buffer))
}

function lend(): Buffer {
  const chunk = spare.pop() ?? Buffer.allocUnsafeSlow(chunkBytes)
  lent.add(chunk.buffer)
  return chunk
}

/** The bytes of a file of about `size`, each chunk read while the one before it is used. */
async function* readChunks(file: FileHandle, name: string, size: number): AsyncGenerator<Buffer> {
  const read = () => {
    // One byte more than there is finds the end, too.
    const chunk = size < chunkBytes ? Buffer.allocUnsafeSlow(size + 1) : lend()
    const reading = file.read(chunk, 0, chunk.length)
    // A failure is told when its turn comes.
    reading.catch(() => undefined)
    return reading
  }
  try {
    for (let reading = read(); ;) {
      const { bytesRead, buffer } = await reading
      if (bytesRead === 0) return giveBack(buffer)
      reading = read()
      yield buffer.subarray(0, bytesRead)
    }
  } catch (error) {
    throw isOfSystem(error) ? fileError(error, name) : error
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
