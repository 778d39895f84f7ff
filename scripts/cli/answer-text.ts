import type { AnswerColumn, Excerpt } from '../../lib/questions/answer'
import type { Question } from '../../lib/questions/question'
import { formatCount, formatTable } from './table'

/** A question and its answer, as a terminal shows them. */
export function answerText(
  { title, name }: Question,
  { columns, rows, more }: Excerpt,
  width: number,
): string {
  const names = columns.map((column) => column.name)
  const formats = columns.map((column, i) => formatOf(column, rows, i))
  const shown = rows.map((row) =>
    Object.fromEntries(row.map((value, i) => [names[i]!, formats[i]!(value)])),
  )
  return [
    `${title} (${name})`,
    formatTable(names, shown, width),
    ...(rows.length + more === 0 ? ['No rows.'] : []),
    ...(more > 0 ? [`… and ${formatCount(more)} more: \`--limit 0\` shows all.`] : []),
  ].join('\n')
}

/** Numbers of a column with as many decimals as any of them, so that their points stand in a line. */
function formatOf({ type }: AnswerColumn, rows: unknown[][], i: number) {
  if (type !== 'number') return (value: unknown) => value
  const decimals = rows.reduce((most, row) => Math.max(most, decimalsOf(row[i])), 0)
  return (value: unknown) => (typeof value === 'number' ? value.toFixed(decimals) : value)
}

function decimalsOf(value: unknown): number {
  return /^-?\d+\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0
}
