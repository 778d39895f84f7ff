import { resolve } from 'node:path'
import type { Knex } from 'knex'
import { UsageError, describe } from '../lib/errors'
import { readQuestions } from '../lib/questions/question'
import { replaceFile } from '../lib/whole-file'
import { page } from './page/page'
import { readContent } from './read/content'

/** What was written, and where. */
export interface Written {
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
): Promise<Written> {
  const content = await readContent(knex, questions)
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
