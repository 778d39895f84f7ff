import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import type { Knex } from 'knex'
import type { Ask } from '../questions/answer'
import { readQuestions } from '../questions/question'
import { describe, UsageError } from '../warehouse/errors'
import { replaceFile } from '../warehouse/text-file'
import { readContent } from './content'
import { page } from './page'
import { loadVega } from './vega.js'

/** What was written, and where. */
interface Written {
  file: string
  bytes: number
  questions: number
  tables: number
}

/**
 * Writes the report of the warehouse into a file, whole or not at all.
 * @throws UsageError where the file cannot be written, and for a fault in a question
 */
export async function writeReport(
  knex: Knex,
  file: string,
  questions = readQuestions(),
  of?: { transaction: Knex; ask: Ask },
): Promise<Written> {
  // While the warehouse thinks, there is time to load what draws.
  const [content] = await Promise.all([readContent(knex, questions, of), loadVega()])
  const text = await page(content)
  writeWhole(resolve(file), text)
  return {
    file: resolve(file),
    bytes: Buffer.byteLength(text),
    questions: content.answered.length,
    tables: content.tables.length,
  }
}

function writeWhole(file: string, text: string): void {
  try {
    replaceFile(file, text)
  } catch (cause) {
    throw new UsageError(
      `The report cannot be written to ${file} (${describe(cause)}): a file in a folder that may be ` +
        'written is expected. Say another with --out, or in REPORT.',
      { cause },
    )
  }
}

/** The program that opens a file as its user's settings have it, by platform. */
const openers: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
}

/** Opens a file in the browser. Rejects where the platform's opener is not there, or fails. */
export async function openFile(file: string): Promise<void> {
  const [program, ...words] = openers[process.platform] ?? ['xdg-open']
  const child = spawn(program!, [...words, file], { stdio: 'ignore' })
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`${program!} ended with ${code}`)
}
