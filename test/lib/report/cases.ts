import type { AnswerColumn, Excerpt, Value } from '../../../lib/questions/answer'
import type { Chart } from '../../../lib/questions/question'

/** An answer that is not like every day's, and how it is drawn. */
export interface Case {
  kind: Chart['kind']
  data: Data
  chart: Chart
  answer: Excerpt
}

export const kinds = ['bars', 'columns', 'lines', 'stacks', 'heatmap'] as const
export const data = ['gaps', 'one row', 'none', 'ties', 'long labels', '400 days'] as const

type Data = (typeof data)[number]
type Rows = [by: Value, per: Value, value: Value][]

const day = 24 * 3_600_000
const dayOf = (i: number) => new Date(Date.UTC(2018, 10, 1) + i * day).toISOString().slice(0, 10)

const daysOf = (days: number[], perOf = (day: number) => (day < 0 ? [] : ['free', 'paid'])): Rows =>
  days.flatMap((i) =>
    perOf(i).map((per, j): Rows[number] => [dayOf(i), per, 40 + ((i * 37) % 90) + 11 * j]),
  )

const place = (i: number) =>
  `The metropolitan statistical area of Llanfairpwllgwyngyllgogerychwyrndrobwll, part ${i}`

/** Rows by day and level. Bars and a heatmap have theirs by listener, and by week and weeks later. */
const rowsOf: Record<Data, Rows> = {
  // Ten days without a row, one by itself, and one on which nobody paid.
  gaps: daysOf([0, 1, 2, 13, 15, 16, 17, 18], (i) => (i === 16 ? ['free'] : ['free', 'paid'])),
  'one row': [['2018-12-11', 'paid', 1]],
  none: [],
  ties: [0, 1, 2].flatMap((i): Rows => [
    [dayOf(i), 'free', i === 1 ? 3 : 7],
    [dayOf(i), 'paid', i + 1],
  ]),
  'long labels': Array.from({ length: 12 }, (_, i) => [place(i), `${place(i % 2)} again`, 5 + i]),
  '400 days': daysOf(Array.from({ length: 400 }, (_, i) => i)),
}

const heatmapRows: Partial<Record<Data, Rows>> = {
  // Nobody is new in the third week; what comes late is told late.
  gaps: [
    ['2018-11-05', 0, 100],
    ['2018-11-05', 1, 60],
    ['2018-11-05', 2, 55.5],
    ['2018-11-05', 4, 40],
    ['2018-11-05', 6, 12.5],
    ['2018-11-12', 0, 100],
    ['2018-11-12', 5, 30],
    ['2018-11-26', 0, 100],
    ['2018-11-26', 3, 33.3],
  ],
  'one row': [['2018-12-11', 0, 100]],
  ties: [
    ['2018-11-05', 0, 100],
    ['2018-11-05', 1, 40],
    ['2018-11-12', 0, 100],
    ['2018-11-12', 1, 40],
    ['2018-11-12', 2, 20],
  ],
  '400 days': Array.from({ length: 400 }, (_, i) => [dayOf(i), 0, (i * 37) % 90]),
}

function caseOf(kind: Chart['kind'], data: Data): Case {
  const rows = (kind === 'heatmap' ? heatmapRows[data] : undefined) ?? rowsOf[data]
  const isText = data === 'long labels'
  const [by, per] = kind === 'heatmap' && !isText ? ['first_week', 'weeks_later'] : ['day', 'level']
  const measure = kind === 'heatmap' && !isText ? 'percent_back' : 'plays'
  const columns: AnswerColumn[] = [
    { name: by, type: isText ? 'text' : 'time' },
    { name: per, type: per === 'weeks_later' ? 'number' : 'text' },
    { name: measure, type: 'number' },
  ]
  const chart =
    kind === 'heatmap' && !isText
      ? { kind, measure, by: per, per: by }
      : { kind, measure, by, ...(kind !== 'bars' && { per }) }
  const isAlone = kind === 'bars' || kind === 'lines'
  // Bars of a ranking stand for themselves; a line alone has an area below it.
  const shown = isAlone ? rows.filter(([, level]) => level !== 'paid' || rows.length === 1) : rows
  if (isAlone) delete chart.per
  if (kind === 'bars')
    shown.sort(([, , one], [, , other]) => Number(other) - Number(one)).splice(20)
  return { kind, data, chart, answer: { columns, rows: shown, more: 0 } }
}

/** Every kind of picture with each of the data. */
export const cases: Case[] = kinds.flatMap((kind) => data.map((each) => caseOf(kind, each)))
