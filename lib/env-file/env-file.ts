import { randomUUID } from 'node:crypto'
import { lstat, open, readFile, rename, rm } from 'node:fs/promises'
import { withSettings } from './text'
import { UsageError } from '../errors'
import { envFile } from '../settings'

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
