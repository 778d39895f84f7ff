import { expect } from 'chai'
import type { Value } from '../../../lib/questions/answer'
import { steps } from '../../../lib/report/axis'
import { describeFigure } from '../../../lib/report/caption'
import { formatMoments } from '../../../lib/report/format'
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
