import type { Knex } from 'knex'
import { DataRefused, UsageError } from '../../lib/errors'
import { type Check, type Comparison, checkAgainst } from '../../lib/questions/check'
import { loadedDataset, readDatasets, sizeOf } from '../../lib/questions/dataset'
import { loadedData } from '../../lib/questions/loaded'
import type { Question } from '../../lib/questions/question'
import { differencesText } from './difference-text'
import { formatTable } from './table'

/** Compares answers with those expected of the loaded data set, or of a named one. */
export async function compareAnswers(
  knex: Knex,
  questions: Question[],
  named: string | undefined,
): Promise<Check> {
  const known = [...readDatasets().keys()]
  if (named !== undefined && !known.includes(named)) {
    throw new UsageError(
      `There is no data set "${named}" in queries/expected (known: ${known.join(', ') || 'none'}): ` +
        `\`sparkify query --update --dataset ${named}\` makes one of what is loaded.`,
    )
  }
  const dataset = named ?? (await loadedDataset(knex))
  if (dataset === undefined) throw await unknownData(knex, known)
  return checkAgainst(knex, dataset, questions)
}

async function unknownData(knex: Knex, known: string[]): Promise<UsageError> {
  const loaded = await loadedData(knex)
  if (!loaded) return new UsageError('Nothing is loaded to be checked: `sparkify run` loads it.')
  return new UsageError(
    `What is loaded (${sizeOf(loaded)}) is no data set whose answers are known; known: ` +
      `${known.join(', ') || 'none'}. Compare with a known one by --dataset, or keep the answers of ` +
      'what is loaded as expected with `sparkify query --update --dataset NAME`.',
  )
}

/** What a check found, for a terminal: the answers one by one, and all differences. */
export function checkText({ dataset, comparisons }: Check): string {
  const rows = comparisons.map(({ question, rows, state }) => ({
    question,
    rows,
    [dataset]: state,
  }))
  const differing = comparisons.filter(({ state }) => state === 'different')
  return [formatTable(['question', 'rows', dataset], rows), ...differing.map(differencesText)].join(
    '\n\n',
  )
}

/** @throws DataRefused where an answer is not as expected, or nothing is expected of a question */
export function refuseDifferences({ dataset, comparisons }: Check): void {
  const faults = [
    faultOf(comparisons, 'different', 'not as expected'),
    faultOf(comparisons, 'unchecked', `without an expected answer in queries/expected/${dataset}`),
  ].filter((fault) => fault !== undefined)
  if (faults.length > 0) throw new DataRefused(faults.join('\n'))
}

function faultOf(all: Comparison[], state: Comparison['state'], words: string): string | undefined {
  const names = all.filter((each) => each.state === state).map(({ question }) => question)
  if (names.length === 0) return undefined
  return (
    `${names.length} of ${all.length} answers ${names.length === 1 ? 'is' : 'are'} ${words}: where the ` +
    `answer is right, \`sparkify query ${names.join(' ')} --update\` writes it.`
  )
}
