import { UsageError } from '../errors'
import type { Said } from './header'

const kinds = ['bars', 'columns', 'lines', 'stacks', 'heatmap'] as const

/** How an answer is drawn: a measure by a column, for each value of another. */
export interface Chart {
  kind: (typeof kinds)[number]
  measure: string
  by: string
  per?: string
}

const form = new RegExp(`^(${kinds.join('|')}) of (\\w+) by (\\w+)(?: per (\\w+))?$`)

/** The chart that a header asks for; undefined for none. @throws UsageError with file and line */
export function readChart(file: string, said: Said | undefined): Chart | undefined {
  if (!said || said.text === 'none') return undefined
  const [, kind, measure, by, per] = form.exec(said.text) ?? []
  if (!kind) {
    throw new UsageError(
      `${file}:${said.line}: the chart is ${JSON.stringify(said.text)}; expected "KIND of MEASURE by ` +
        `COLUMN [per COLUMN]" with a KIND of ${kinds.join(', ')}, or "none".`,
    )
  }
  return { kind: kind as Chart['kind'], measure: measure!, by: by!, ...(per && { per }) }
}
