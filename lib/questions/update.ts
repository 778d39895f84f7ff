import { join, relative } from 'node:path'
import type { Knex } from 'knex'
import { UsageError } from '../warehouse/errors'
import { projectFolder } from '../warehouse/settings'
import { firstRows } from './answer'
import { compare } from './compare'
import { formatCsv, parseCsv } from './csv'
import { expectedFolder, loadedData, loadedDataset, noteDataset } from './dataset'
import type { Question } from './question'
import { writeText } from '../warehouse/text-file'

/** A file of an expected answer, and what was done with it. */
interface Update {
  file: string
  state: ReturnType<typeof writeText>
}

/** Writes answers as those expected of the loaded data set, or of a new one of that name. */
export async function updateAnswers(
  knex: Knex,
  questions: Question[],
  named: string | undefined,
): Promise<Update[]> {
  const dataset = await nameDataset(knex, named)
  const updates: Update[] = []
  for (const question of questions) {
    const path = join(expectedFolder, dataset, `${question.name}.csv`)
    const state = writeText(path, await expectedText(knex, question))
    updates.push({ file: relative(projectFolder, path), state })
  }
  return updates
}

async function nameDataset(knex: Knex, named: string | undefined): Promise<string> {
  if (named !== undefined && !/^[\w-]+$/.test(named)) throw unnamed(`"${named}" is no name`)
  const loaded = await loadedData(knex)
  if (!loaded) throw new UsageError('Nothing is loaded: `sparkify run` loads it.')
  const dataset = named ?? (await loadedDataset(knex))
  if (dataset === undefined) throw unnamed('What is loaded is no known data set')
  noteDataset(dataset, loaded)
  return dataset
}

function unnamed(found: string): UsageError {
  return new UsageError(`${found}: name it with --dataset, in letters, digits, - and _.`)
}

// What differs from itself would differ ever after.
async function expectedText(knex: Knex, question: Question): Promise<string> {
  const { file, key, lines } = question
  const found = await firstRows(knex, question, Infinity)
  const text = formatCsv(found)
  const { value: difference } = compare(key, parseCsv(file, text), found).next()
  if (!difference) return text
  throw new UsageError(
    `${file}:${lines.key}: several rows of the answer have the same ${key.join(', ')}: name the columns ` +
      'by which each row is known.',
  )
}
