import { randomUUID } from 'node:crypto'
import { lstat, open, readFile, rename, rm } from 'node:fs/promises'
import { isDeepStrictEqual } from 'node:util'
import { parse } from 'dotenv'
import { syncName } from '../../object-store/sync'
import { UsageError } from '../warehouse/errors'

const first = '# Written by `sparkify cluster up`, and removed by `sparkify cluster down`.'
const last = '# Until here.'

/**
 * Has `.env` end in a block of these settings, or in none (undefined). All else that stands there stays as it
 * is, and counts again once the block is gone. The file is replaced at once, readable by its owner only.
 * @returns whether it changed
 * @throws UsageError where it cannot be written
 */
export async function writeBlock(
  settings: Record<string, string> | undefined,
  file: string,
): Promise<boolean> {
  try {
    const former = await readText(file)
    const text = withBlock(former ?? '', settings)
    if (text === (former ?? '')) return false
    await replace(file, text)
    return true
  } catch (error) {
    if (!(error instanceof Error) || !('syscall' in error)) throw error
    throw new UsageError(
      `The settings cannot be written to ${file} (${error.message}): a file in a folder that may be ` +
        'written is expected. Make it so, and run the command again.',
      { cause: error },
    )
  }
}

function withBlock(text: string, settings: Record<string, string> | undefined): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const own = withoutBlock(text)
  if (settings === undefined) return own
  const gap = own === '' || own.endsWith('\n') ? '' : newline
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`)
  const whole = own + gap + [first, ...lines, last, ''].join(newline)
  // dotenv takes the last entry of a name; an open quote before the block would swallow it.
  if (isDeepStrictEqual(parse(whole), { ...parse(own), ...settings })) return whole
  throw new UsageError(
    '.env cannot take the settings as it stands: look for a quote that is opened and not closed, and run ' +
      'the command again.',
  )
}

/** The text without the blocks in it; one whose end is missing ends where the settings in it do. */
function withoutBlock(text: string): string {
  const lines = text.split(/(?<=\n)/)
  let isInside = false
  return lines
    .filter((line) => {
      const content = line.trim()
      if (content === first) isInside = true
      else if (isInside && content !== last && !/^[A-Z_]+=/.test(content)) isInside = false
      else if (isInside && content === last) {
        isInside = false
        return false
      }
      return !isInside
    })
    .join('')
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

async function replace(file: string, text: string): Promise<void> {
  const whole = `${file}.new-${randomUUID()}`
  try {
    const handle = await open(whole, 'wx', 0o600)
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(whole, file)
    syncName(file)
  } catch (error) {
    await rm(whole, { force: true })
    throw error
  }
}
