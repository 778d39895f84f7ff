import type { Comparison } from '../../lib/questions/check'
import type { Difference, Values } from '../../lib/questions/difference'
import { formatCount, printable } from './table'

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
