import { expect } from 'chai'
import type { Value } from '../../../lib/questions/answer'
import type { Chart } from '../../../lib/questions/question'
import { steps } from '../../../lib/report/axis'
import { describeFigure } from '../../../lib/report/caption'
import { chartOf } from '../../../lib/report/charts'
import { figureOf } from '../../../lib/report/figure'
import { formatMoments } from '../../../lib/report/format'
import { periodOf } from '../../../lib/report/pulse'
import { valuesOf } from '../../../lib/report/values'
import { drawnOf } from '../../../lib/report/weeks'
import { figure } from './figures'

const day = 24 * 3_600_000

describe('figures', () => {
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

  it('leaves room for the days on which there is nothing', () => {
    const first = Date.UTC(2018, 10, 1)
    expect(steps([first, first + day, first + 4 * day])).to.deep.equal(
      [0, 1, 2, 3, 4].map((i) => first + i * day),
    )
    expect(steps([first])).to.deep.equal([first])
    expect(steps([])).to.deep.equal([])
    const period = figure(
      'lines',
      [
        ['2018-11-01', '', 1],
        ['2018-11-02', '', 1],
        ['2018-11-04', '', 1],
      ],
      'time',
    )
    expect(period.across.labels).to.deep.equal(['1 Nov', '2 Nov', '3 Nov', '4 Nov'])
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
      finding: 'Most: 1 Nov, with 8 plays.',
      whole:
        'Stacked columns of plays by day and level, 3 in all. Most: 1 Nov, with 8 plays. ' +
        'Least: 2 Nov, with 1 play. paid: from 5 to 5. free: from 1 to 3.',
    })
  })

  describe('of weeks, days and months that the log has not whole', () => {
    const period = periodOf('2018-11-01 00:05:00', '2018-11-30 22:48:00')
    const weeks = (...values: number[]) =>
      values.map((value, i) => [`2018-${['10-29', '11-05', '11-12', '11-19', '11-26'][i]!}`, value])
    const shownOf = (by: string, rows: Value[][], kind: Chart['kind'] = 'columns') =>
      figureOf(
        { kind, measure: 'plays', by },
        {
          columns: [
            { name: by, type: 'time' },
            { name: 'plays', type: 'number' },
          ],
          ...{ rows, more: 0 },
        },
        period,
      )
    const examples: Record<string, [by: string, rows: Value[][], finding: string]> = {
      'names none of them as the most': [
        ...(['week', weeks(90, 20, 30, 10, 99)] as const),
        'Most of the whole weeks: 12 Nov, with 30 plays. Hatched: 29 Oct and 26 Nov, weeks that are not whole.',
      ],
      'compares whole ones alone': [
        ...(['week', weeks(90, 20, 20, 20, 5)] as const),
        'All alike of the whole weeks: 20 plays each. Hatched: 29 Oct and 26 Nov, weeks that are not whole.',
      ],
      'takes the day under way for none': [
        ...([
          'day',
          [
            ['2018-11-28', 4],
            ['2018-11-29', 5],
            ['2018-11-30', 9],
          ],
        ] as const),
        'Most of the whole days: 29 Nov, with 5 plays. Hatched: 30 Nov, a day that is not whole.',
      ],
      'says so of the only one': [
        ...(['month', [['2018-11-01', 4]]] as const),
        'The only one: Nov 2018, with 4 plays. Hatched: Nov 2018, a month that is not whole.',
      ],
      'leaves times alone that are not of the log': [
        ...([
          'week',
          [
            ['2026-11-02', 4],
            ['2026-11-09', 5],
          ],
        ] as const),
        'Most: 9 Nov, with 5 plays.',
      ],
    } as unknown as Record<string, [string, Value[][], string]>
    for (const [title, [by, rows, finding]] of Object.entries(examples))
      it(title, () => expect(describeFigure(shownOf(by, rows)).finding).to.equal(finding))

    it('hatches columns, and cells whose weeks later are not whole yet', async () => {
      const { markup } = await chartOf(shownOf('week', weeks(1, 2, 3, 4, 5)))
      expect(markup.match(/class="hatch grid-column-\d-span-1"/g)).to.deep.equal(
        [2, 6].map((i) => `class="hatch grid-column-${i}-span-1"`),
      )
      const rows = [
        [0, '2018-11-05'],
        [2, '2018-11-05'],
        [3, '2018-11-05'],
        [2, '2018-11-12'],
      ]
      const retention = figureOf(
        { kind: 'heatmap', measure: 'percent_back', by: 'weeks_later', per: 'first_week' },
        {
          columns: [
            { name: 'weeks_later', type: 'number' },
            { name: 'first_week', type: 'time' },
            { name: 'percent_back', type: 'number' },
          ],
          rows: rows.map(([later, week], i) => [later!, week!, 10 * (i + 1)]),
          more: 0,
        },
        period,
      )
      expect(retention.points.map(retention.isPartial)).to.deep.equal([false, false, true, true])
      expect((await chartOf(retention)).markup).to.match(/class="cell partial /)
      expect(describeFigure(retention).finding).to.equal(
        'The only one of the whole weeks but for 0 weeks later: 2 weeks later, 5 Nov, with 20 percent back. ' +
          'Hatched: weeks that are not whole.',
      )
      const last = valuesOf(retention).stops.at(-1)
      expect(last).to.deep.equal(['12 Nov, 2 weeks later (not whole)', '40'])
    })
  })

  it('draws of many days the average day of each week, each gap a gap', () => {
    const days = Array.from({ length: 400 }, (_, i) => i).filter((i) => i < 20 || i > 39)
    const rows = days.flatMap((i): Value[][] => {
      const date = new Date(Date.UTC(2018, 10, 5) + i * day).toISOString().slice(0, 10)
      return [[date, 'free', 10], ...(i % 7 === 0 ? [[date, 'paid', 14]] : [])]
    })
    const drawn = drawnOf(figure('stacks', rows, 'time'))
    expect(drawn.across.labels).to.have.length(58)
    const stops = valuesOf(drawn).stops
    expect(drawn.series).to.deep.equal(['free', 'paid'])
    expect(stops[0]).to.deep.equal(['week of 5 Nov 2018', '10', '2'])
    expect(stops[3]).to.deep.equal(['week of 26 Nov 2018', null, null])
    const short = figure('stacks', rows.slice(0, 20), 'time')
    expect(drawnOf(short)).to.equal(short)
  })

  it('says what a number is', () => {
    const rows = [
      ['2 to 5', '', 1],
      ['16', '', 3],
    ]
    expect(describeFigure(figure('columns', rows)).whole).to.contain(
      'Most: day 16, with 3 plays. Least: day 2 to 5, with 1 play.',
    )
  })

  it('says where a long gap is drawn short', () => {
    const rows = ['1970-01-01', '2018-11-01', '2018-11-02'].map((day, i) => [day, '', i])
    expect(describeFigure(figure('lines', rows, 'time')).finding).to.equal(
      'Most: 2 Nov 2018, with 2 plays. A long gap before 1 Nov 2018 is drawn short.',
    )
  })

  it('says nothing of the most that it cannot know, or that says nothing', () => {
    const findingOf = (rows: Value[][], more = 0) => {
      const shown = figure('bars', rows)
      return describeFigure({ ...shown, more }).finding
    }
    expect(
      findingOf(['a', 'b', 'c', 'd', 'e'].map((name) => [name, '', name === 'e' ? 1 : 5])),
    ).to.equal('')
    expect(
      findingOf([
        ['a', '', 5],
        ['b', '', 5],
      ]),
    ).to.equal('All alike: 5 plays each.')
    expect(
      findingOf(
        [
          ['a', '', 5],
          ['b', '', 1],
        ],
        7,
      ),
    ).to.equal('Most here: a, with 5 plays.')
  })
})
