import { isUtf8 } from 'node:buffer'
import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { describeFile, fileAt, fileError, isMissing, notAnObject } from './file'
import type { Needed, StoredObject } from './store'

/** What stands in a folder. */
interface Entry {
  /** With a slash behind that of a folder. */
  name: string
  isFolder: boolean
  isLink: boolean
  isFile: boolean
  /** Where they are not UTF-8. */
  bytes?: Buffer
}

/** A folder whose entries are being listed. */
interface OpenFolder {
  path: string
  /** What the keys of its entries begin with. */
  key: string
  entries: Entry[]
  next: number
  /** The folders on the way to it, itself included, without symbolic links. */
  real: string[]
}

// So long, in milliseconds, it lets nothing else run.
const slice = 8

/**
 * The files of a folder and of those within it whose keys begin with a prefix, in the byte order of these.
 * It reads by synchronous calls, which take a fifth of the time of others, a slice at a time.
 */
export class FolderWalk {
  readonly #open: OpenFolder[]

  /** @param start the innermost folder that the prefix names, and its key */
  constructor(
    private readonly bucket: string,
    private readonly prefix: string,
    start: { path: string; key: string },
    private readonly needed: Needed = 'all',
  ) {
    this.#open = [openFolder(start.path, start.key, above(start.path))]
  }

  /** The next files, perhaps none; undefined behind the last. @throws ObjectStoreError for what is none */
  next(): StoredObject[] | undefined {
    if (this.#open.length === 0) return undefined
    const page: StoredObject[] = []
    const until = performance.now() + slice
    while (this.#open.length > 0 && performance.now() < until) {
      const folder = this.#open.at(-1)!
      const entry = folder.entries[folder.next++]
      if (entry) this.#take(entry, folder, page)
      else this.#open.pop()
    }
    return page
  }

  #take(entry: Entry, folder: OpenFolder, page: StoredObject[]): void {
    const key = folder.key + entry.name
    const isListed = key.startsWith(this.prefix)
    if (!isListed && !this.prefix.startsWith(key)) return
    if (entry.bytes) throw notAnObject(folder.path + sep + escaped(entry.bytes), notUtf8)
    if (entry.isFolder) {
      const name = entry.name.slice(0, -1)
      const path = folder.path + sep + name
      const real = entry.isLink ? linked(folder.real, path) : join(folder.real.at(-1)!, name)
      this.#open.push(openFolder(path, key, [...folder.real, real]))
    } else if (isListed && entry.isFile && this.needed === 'names') {
      page.push({ url: `s3://${this.bucket}/${key}` })
    } else if (isListed) {
      const found = fileAt(folder.path + sep + entry.name)
      if (found) page.push({ url: `s3://${this.bucket}/${key}`, ...describeFile(found) })
    }
  }
}

function openFolder(path: string, key: string, real: string[]): OpenFolder {
  return { path, key, entries: inByteOrder(entriesOf(path)), next: 0, real }
}

function entriesOf(path: string): Entry[] {
  try {
    const found = readdirSync(path, { withFileTypes: true })
    // What stands for bytes that are no character may be a character of the name as well.
    if (found.some(({ name }) => name.includes('\ufffd'))) return entriesByBytes(path)
    return found
      .filter(({ name }) => !partial.test(name))
      .map((entry) => entryOf(entry.name, entry, path))
  } catch (error) {
    if (isMissing(error)) return []
    throw fileError(error, path)
  }
}

function entriesByBytes(path: string): Entry[] {
  return readdirSync(path, { withFileTypes: true, encoding: 'buffer' }).map((entry) => ({
    ...entryOf(entry.name.toString(), entry, path),
    ...(!isUtf8(entry.name) && { bytes: entry.name }),
  }))
}

type EntryType = Pick<Dirent, 'isDirectory' | 'isFile' | 'isSymbolicLink'>

function entryOf(name: string, type: EntryType, folder: string): Entry {
  const isLink = type.isSymbolicLink()
  const leadsOn = isLink ? isFolder(folder + sep + name) : type.isDirectory()
  return { name: leadsOn ? `${name}/` : name, isFolder: leadsOn, isLink, isFile: type.isFile() }
}

/** True for a folder, and for a link to one. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
  } catch {
    return false // where it leads is told when its turn comes
  }
}

// The order of UTF-16 is that of UTF-8, but for the surrogates.
function inByteOrder(entries: Entry[]): Entry[] {
  if (entries.some(({ name }) => /[\ud800-\udfff]/.test(name)))
    return entries.sort((one, other) =>
      Buffer.compare(Buffer.from(one.name), Buffer.from(other.name)),
    )
  return entries.sort((one, other) => (one.name < other.name ? -1 : 1))
}

const notUtf8 = 'has a name that is not UTF-8'

function escaped(name: Buffer): string {
  const text = name.toString('latin1')
  return text.replaceAll(/[^ -~]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16)}`)
}

/** The folders on the way to a path, that one included, as they are without symbolic links. */
function above(path: string): string[] {
  const higher = dirname(path)
  const real = realPath(path)
  return [...(higher === path ? [] : above(higher)), ...(real === undefined ? [] : [real])]
}

/** @throws ObjectStoreError where a link leads to one of the folders that it lies in */
function linked(folders: string[], path: string): string {
  const real = realPath(path) ?? path
  if (folders.includes(real)) throw notAnObject(path, 'is a link to a folder that it lies in')
  return real
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

/** The name of a file that is being written, and is no object yet; in it the writer's process. */
export const partial = /^\..+\.(\d+)\.partial$/
