import { UsageError } from '../errors'
import type { AnswerColumn } from './answer'
import type { Question } from './question'

/** @throws UsageError with file and line where the header names what the answer does not have */
export function checkColumns(question: Question, columns: AnswerColumn[]): void {
  const { file, key, chart, lines } = question
  const names = columns.map(({ name }) => name)
  const twice = names.filter((name, i) => names.indexOf(name) < i)
  const faults = [
    ...twice.map((name) => `${file}:${lines.sql}: two columns of the answer are named "${name}".`),
    ...missing('key', lines.key, key),
    ...missing('chart', lines.chart, [chart?.measure, chart?.by, chart?.per]),
  ]
  if (faults.length > 0) throw new UsageError(faults.join('\n'))

  function missing(word: string, line: number, wanted: (string | undefined)[]): string[] {
    return [...new Set(wanted)]
      .filter((name) => name !== undefined && !names.includes(name))
      .map(
        (name) =>
          `${file}:${line}: the ${word} names "${name!}", which is no column of the answer: ` +
          `expected ${names.join(', ')}.`,
      )
  }
}
