import { expect } from 'chai'
import type { AnswerColumn, Excerpt } from '../../lib/questions/answer'
import type { Chart } from '../../lib/questions/question'
import { draw } from '../../lib/report/charts'
import { type Figure, figureOf, formatMoments, steps } from '../../lib/report/figure'
import { frames } from '../../lib/report/plot'
import { describe as describeFigure } from '../../lib/report/question'

const kinds: Chart['kind'][] = ['bars', 'columns', 'lines', 'stacks', 'heatmap']
const day = 24 * 3_600_000

/** A figure of rows of by, per and a number. */
function figure(kind: Chart['kind'], rows: unknown[][], by: AnswerColumn['type'] = 'text'): Figure {
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

const hostile = [
  '<script>alert(1)</script>',
  `"'&amp;</text><image href=x onerror=alert(1)>`,
  '\u202eשלום',
  '👩‍🚀\u0007',
  '__proto__',
  'a[0].b\\',
]

describe('charts', () => {
  for (const kind of kinds) {
    for (const frame of frames) {
      const marks = (svg: string) => {
        const drawn = [
          ...svg.matchAll(/class="mark-(?:rect|line|area|symbol) role-mark[^"]*">(.*?)<\/g>/g),
        ]
        return drawn.flatMap(([, inside]) => inside!.match(/<(path|line)/g) ?? [])
      }

      it(`${kind}, ${frame.name}: draws one row`, async () => {
        const svg = await draw(figure(kind, [['only', '', 5]]), frame)
        expect(marks(svg), svg).to.not.deep.equal([])
        expect(svg).to.contain('only')
      })

      it(`${kind}, ${frame.name}: shows hostile names as text`, async () => {
        const rows = hostile.map((name, i) => [name, `${name} too`, i])
        const svg = await draw(figure(kind, rows), frame)
        const tags = new Set([...svg.matchAll(/<(\w+)/g)].map(([, tag]) => tag))
        expect(
          [...tags].filter((tag) => !['svg', 'g', 'path', 'line', 'text', 'rect'].includes(tag!)),
        ).to.deep.equal([])
        expect(svg).to.not.match(/[\u0000-\u0008\u202e]/) // eslint-disable-line no-control-regex
      })

      it(`${kind}, ${frame.name}: is as wide as its frame, in the colours of the page`, async () => {
        const svg = await draw(
          figure(kind, [
            ['a', 'x', 1],
            ['b', 'y', 0.5],
            ['c', 'x', 1e9],
          ]),
          frame,
        )
        expect(Number(/ width="([\d.]+)"/.exec(svg)![1])).to.be.closeTo(frame.width, 1)
        const colours = [...svg.matchAll(/ (?:fill|stroke)="([^"]*)"/g)].map(
          ([, colour]) => colour!,
        )
        for (const colour of colours)
          expect(colour).to.match(/^(none|transparent|var\(--[\w-]+\))$/)
      })
    }
  }

  it('leaves out rows that have no number or no time, and says how many', () => {
    const rows = [
      ['2018-11-01', '', 1],
      [null, '', 2],
      ['2018-11-02', '', null],
      ['2018-11-03', '', 'NaN'],
    ]
    const { points, more } = figure('lines', rows, 'time')
    expect(points).to.deep.equal([{ by: Date.UTC(2018, 10, 1), per: '', value: 1 }])
    expect(more).to.equal(3)
  })

  it('keeps the largest series, and the first twenty bars', () => {
    const series = Array.from({ length: 9 }, (_, i) => ['a', `series ${i}`, i])
    expect(figure('stacks', series).series).to.deep.equal(
      [8, 7, 6, 5, 4, 3].map((i) => `series ${i}`),
    )
    const bars = Array.from({ length: 25 }, (_, i) => [`bar ${i}`, '', 100 - i])
    expect(figure('bars', bars)).to.deep.include({ more: 5 })
  })

  it('names what has no name', () => {
    expect(
      figure('bars', [
        [null, '', 1],
        ['', '', 1],
      ]).points.map(({ by }) => by),
    ).to.deep.equal(['(none)', '(none)'])
  })

  it('begins at zero', async () => {
    const svg = await draw(
      figure('columns', [
        ['a', '', 1000],
        ['b', '', 1001],
      ]),
      frames[0]!,
    )
    expect(svg).to.match(/>0<\/text>/)
  })

  it('leaves room for the days on which there is nothing', () => {
    const first = Date.UTC(2018, 10, 1)
    expect(steps([first, first + day, first + 4 * day])).to.deep.equal(
      [0, 1, 2, 3, 4].map((i) => first + i * day),
    )
    expect(steps([first])).to.deep.equal([first])
    expect(steps([])).to.deep.equal([])
  })

  it('writes months, days and hours as their period has it', () => {
    const moments = (...days: number[]) => days.map((i) => Date.UTC(2018, 10, 1) + i * day)
    expect(formatMoments(moments(0, 1))).to.deep.equal(['1 Nov', '2 Nov'])
    expect(formatMoments(moments(0, 0.25))).to.deep.equal(['00:00', '06:00'])
    expect(formatMoments(moments(0, 365))).to.deep.equal(['Nov 2018', 'Nov 2019'])
  })

  it('says in words what a picture shows', () => {
    const shown = figure(
      'stacks',
      [
        ['2018-11-01', 'free', 3],
        ['2018-11-01', 'paid', 5],
        ['2018-11-02', 'free', 1],
      ],
      'time',
    )
    expect(describeFigure(shown)).to.deep.equal({
      subject: 'plays by day and level',
      finding: 'Most: 1 Nov, paid, with 5 plays.',
      whole:
        'Stacked columns of plays by day and level, 3 in all. Most: 1 Nov, paid, with 5 plays. ' +
        'Least: 2 Nov, free, with 1 play. paid: from 5 to 5. free: from 1 to 3.',
    })
  })
})
