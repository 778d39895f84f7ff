import { randomUUID } from 'node:crypto'
import { lstat, open, readFile, rename, rm } from 'node:fs/promises'
import { isDeepStrictEqual } from 'node:util'
import { parse } from 'dotenv'
import { syncName } from '../../object-store/sync'
import { UsageError } from '../warehouse/errors'
import { envFile } from '../warehouse/settings'

/** Where an entry of the text is: its whole lines, and in them its value without the blanks around it. */
interface Entry {
  name: string
  lines: Span
  value: Span
}

type Span = [start: number, end: number]

// dotenv's own pattern of an entry, with groups for the places.
const pattern =
  /^\s*(?:export\s+)?([\w.-]+)(\s*=\s*?|:\s+?)(\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|\s*`(?:\\`|[^`])*`|[^#\r\n]+)?\s*(?:#.*)?$/dgm

// Without quotes where a shell, too, would read it so; else in the first that dotenv reads back.
const plain = /^[\w.:/@%+=,!-]*$/
const quotes = ["'", '"', '`', '']

/**
 * The text of an env file with settings set, or removed (undefined); all else stays as it is.
 * @throws UsageError for a value that such a file cannot hold
 */
function withSettings(text: string, changes: Record<string, string | undefined>): string {
  return Object.entries(changes).reduce(
    (result, [name, value]) =>
      value === undefined ? without(result, name) : withSetting(result, name, value),
    text,
  )
}

function without(text: string, name: string): string {
  return entriesOf(text)
    .filter((entry) => entry.name === name)
    .reduceRight((result, { lines }) => replaced(result, lines, ''), text)
}

function withSetting(text: string, name: string, value: string): string {
  const before = parse(text)
  if (before[name] === value) return text
  const fitting = notationsOf(value)
    .map((notation) => withEntry(text, name, notation))
    .find((result) => isDeepStrictEqual(parse(result), { ...before, [name]: value }))
  if (fitting !== undefined) return fitting
  throw new UsageError(
    `${name} has a value that .env cannot hold: one line is expected, with at most two of the ` +
      'quotes \', " and ` in it. Choose another value.',
  )
}

function notationsOf(value: string): string[] {
  if (/[\r\n]/.test(value)) return []
  const quoted = quotes.map((quote) => quote + value + quote)
  return plain.test(value) ? [value, ...quoted] : quoted
}

/** The last entry of a name is the one that counts; where there is none, one is added at the end. */
function withEntry(text: string, name: string, notation: string): string {
  const entry = entriesOf(text).findLast((one) => one.name === name)
  if (entry) return replaced(text, entry.value, notation)
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const gap = text === '' || text.endsWith('\n') ? '' : newline
  return `${text}${gap}${name}=${notation}${newline}`
}

function entriesOf(text: string): Entry[] {
  return [...text.matchAll(pattern)].map(({ 1: name, 3: content = '', indices }) => {
    const [, nameAt, separatorAt, contentAt] = indices!
    const blanks = content.trim() === '' ? 0 : content.length - content.trimStart().length
    const start = (contentAt?.[0] ?? separatorAt![1]) + blanks
    const end = start + content.trim().length
    const newline = text.indexOf('\n', end)
    return {
      name: name!,
      lines: [text.lastIndexOf('\n', nameAt![0]) + 1, newline === -1 ? text.length : newline + 1],
      value: [start, end],
    }
  })
}

function replaced(text: string, [start, end]: Span, part: string): string {
  return text.slice(0, start) + part + text.slice(end)
}

/**
 * Sets settings in `.env`, or removes them (undefined); all else that stands there stays. The file is
 * replaced at once, readable by its owner only: whatever happens, it is the former one or the new one.
 * @returns the path of the former file, kept aside; undefined where there was none, or nothing to change
 * @throws UsageError where a value cannot be written, or the file
 */
export async function updateEnvFile(
  changes: Record<string, string | undefined>,
  file = envFile,
): Promise<string | undefined> {
  try {
    const former = await readText(file)
    const text = withSettings(former ?? '', changes)
    if (text === (former ?? '')) return undefined
    const aside = former === undefined ? undefined : await keepAside(file, former)
    await replace(file, text)
    return aside
  } catch (error) {
    if (!(error instanceof Error) || !('syscall' in error)) throw error
    throw new UsageError(
      `The settings cannot be written to ${file} (${error.message}): a file in a folder that may be ` +
        'written is expected. Make it so, and run the command again.',
      { cause: error },
    )
  }
}

async function readText(file: string): Promise<string | undefined> {
  const found = await lstat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (found === undefined) return undefined
  if (!found.isFile()) throw notAFile(file, found.isSymbolicLink() ? 'a symbolic link' : 'no file')
  const bytes = await readFile(file)
  const text = bytes.toString()
  if (!Buffer.from(text).equals(bytes)) throw notAFile(file, 'not in UTF-8')
  return text
}

function notAFile(file: string, found: string): UsageError {
  return new UsageError(
    `${file} is ${found}: a text file of its own is expected, because it is replaced as a whole and ` +
      'is for its owner only. Put one in its place, and run the command again.',
  )
}

/** The same text under a name that tells the moment; a name that is taken is for another moment. */
async function keepAside(file: string, text: string): Promise<string> {
  const aside = `${file}.before-${new Date().toISOString().replaceAll(':', '')}`
  try {
    await writeNew(aside, text)
    return aside
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return keepAside(file, text)
  }
}

async function replace(file: string, text: string): Promise<void> {
  const whole = `${file}.new-${randomUUID()}`
  try {
    await writeNew(whole, text)
    await rename(whole, file)
    syncName(file)
  } catch (error) {
    await rm(whole, { force: true })
    throw error
  }
}

async function writeNew(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}
