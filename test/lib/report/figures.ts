import type { AnswerColumn, Excerpt, Value } from '../../../lib/questions/answer'
import type { Chart } from '../../../lib/questions/question'
import { type Figure, figureOf } from '../../../lib/report/figure'

/** A figure of rows of by, per and a number. */
export function figure(
  kind: Chart['kind'],
  rows: Value[][],
  by: AnswerColumn['type'] = 'text',
): Figure {
  const columns: AnswerColumn[] = [
    { name: 'day', type: by },
    { name: 'level', type: 'text' },
    { name: 'plays', type: 'number' },
  ]
  const hasSeries = new Set(rows.map(([, per]) => per)).size > 1 || kind === 'heatmap'
  const chart: Chart = { kind, measure: 'plays', by: 'day', ...(hasSeries && { per: 'level' }) }
  const answer: Excerpt = { columns, rows, more: 0 }
  return figureOf(chart, answer)
}
