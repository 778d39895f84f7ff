import { readFileSync } from 'node:fs'
import { describe, UsageError } from '../../lib/warehouse/errors'

/** The text of a file that an option names; `-` is stdin. @throws UsageError where it cannot be read */
export async function readInput(option: string, file: string): Promise<string> {
  if (file === '-') {
    const { text } = await import('node:stream/consumers')
    return text(process.stdin)
  }
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(`--${option} ${file} cannot be read: ${describe(error)}`, { cause: error })
  }
}
