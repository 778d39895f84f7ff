import type { Difference, Values } from '../../lib/questions/compare'
import type { Check, Comparison } from '../../lib/questions/check'
import { type DataFault, DataRefused } from '../../lib/warehouse/errors'
import { formatCount } from '../../lib/warehouse/counts'
import { type Look, meaningOf } from './colors'
import { formatTable, printable } from './table'

/** The differences of an answer, a line each, and how many more there are. */
export function differencesText({ question, differences, count }: Comparison): string {
  const more = count - differences.length
  return [
    `${question}: ${formatCount(count)} ${count === 1 ? 'difference' : 'differences'}`,
    ...differences.map((difference) => `  ${lineOf(difference)}`),
    ...(more > 0 ? [`  … and ${formatCount(more)} more`] : []),
  ].join('\n')
}

function lineOf(difference: Difference): string {
  switch (difference.kind) {
    case 'columns':
      return `columns: found ${difference.found.join(', ')}; expected ${difference.expected.join(', ')}`
    case 'repeated key':
      return `repeated key: ${rowText(difference.key)} stands in ${difference.in} more than once`
    case 'missing row':
      return `missing row: ${rowText(difference.expected)}`
    case 'surplus row':
      return `surplus row: ${rowText(difference.found)}`
    case 'changed value': {
      const { key, column, expected, found } = difference
      return `changed value: ${rowText(key)}: ${column} is ${valueText(found)}, expected ${valueText(expected)}`
    }
    case 'order': {
      const { place, expected, found } = difference
      return `order: row ${place} is ${rowText(found)}, expected ${rowText(expected)}`
    }
  }
}

function rowText(values: Values): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${valueText(value)}`)
    .join(', ')
}

/** Texts in quotes, numbers as they are. */
function valueText(value: unknown): string {
  if (value === null || value === undefined) return 'NULL'
  const text = printable(value)
  return typeof value !== 'string' || /^-?[\d.:-]+( [\d.:]+)?$/.test(text) ? text : `"${text}"`
}

/** What a check found, for a terminal: the answers one by one, and all differences. */
export function checkText({ dataset, comparisons }: Check, look: Look): string {
  const rows = comparisons.map(({ question, rows, state }) => ({
    question,
    rows,
    [dataset]: state,
  }))
  const differing = comparisons.filter(({ state }) => state === 'different')
  const table = formatTable(['question', 'rows', dataset], rows, look, { [dataset]: meaningOf })
  return [table, ...differing.map(differencesText)].join('\n\n')
}

/** @throws DataRefused where an answer is not as expected, or nothing is expected of a question */
export function refuseDifferences({ dataset, comparisons }: Check): void {
  const faults = [
    faultOf(comparisons, 'different', 'not as expected'),
    faultOf(comparisons, 'unchecked', `without an expected answer in queries/expected/${dataset}`),
  ].filter((fault) => fault !== undefined)
  const findings = comparisons.flatMap(faultsOf)
  if (faults.length > 0) throw new DataRefused(faults.join('\n'), { findings })
}

/** What is not as expected of an answer, for programs. */
function faultsOf({ question, state, differences, count }: Comparison): DataFault[] {
  const remedy = `Where the answer is right, \`sparkify query ${question} --update\` writes it.`
  if (state === 'unchecked') return [{ what: 'no expected answer', question, remedy }]
  return differences.map((difference) => ({
    what: lineOf(difference),
    count,
    question,
    column: 'column' in difference ? difference.column : undefined,
    value: 'found' in difference ? difference.found : undefined,
    expected: 'expected' in difference ? difference.expected : undefined,
    remedy,
  }))
}

function faultOf(all: Comparison[], state: Comparison['state'], words: string): string | undefined {
  const names = all.filter((each) => each.state === state).map(({ question }) => question)
  if (names.length === 0) return undefined
  return (
    `${names.length} of ${all.length} answers ${names.length === 1 ? 'is' : 'are'} ${words}: where the ` +
    `answer is right, \`sparkify query ${names.join(' ')} --update\` writes it.`
  )
}
