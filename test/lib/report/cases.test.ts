import { expect } from 'chai'
import { describeFigure } from '../../../lib/report/caption'
import { chartOf } from '../../../lib/report/charts'
import { figureOf } from '../../../lib/report/figure'
import { cases, data, kinds } from './cases'

type Expected = Record<(typeof data)[number], string | undefined>

const ofLong = 'Most: The metropolitan statistic…bwll, part 11, with 16 plays.'
const ofLongSeries = ofLong.replace(', with', ', The metropolitan statistic…part 1 again, with')
const byDay = {
  'one row': 'The only one: 11 Dec, with 1 play.',
  none: undefined,
  // More than three days have the most.
  '400 days': '',
}

/** What stands under each picture; undefined where there is none. */
const findings: Record<(typeof kinds)[number], Expected> = {
  bars: {
    ...byDay,
    gaps: 'Most: 18 Nov 2018, with 129 plays.',
    'one row': 'The only one: 11 Dec 2018, with 1 play.',
    ties: 'Most: 1 Nov 2018 and 3 Nov 2018, with 7 plays each.',
    'long labels': ofLong,
  },
  columns: {
    ...byDay,
    gaps: 'Most: 18 Nov, paid, with 140 plays. 11 of the 19 days have no row.',
    'one row': 'The only one: 11 Dec, paid, with 1 play.',
    ties: 'Most: 1 Nov, free; and 3 Nov, free, with 7 plays each.',
    'long labels': ofLongSeries,
  },
  lines: {
    ...byDay,
    gaps: 'Most: 18 Nov, with 129 plays. 11 of the 19 days have no row.',
    ties: 'Most: 1 Nov and 3 Nov, with 7 plays each.',
    'long labels': ofLong,
  },
  stacks: {
    ...byDay,
    gaps: 'Most: 18 Nov, with 269 plays. 11 of the 19 days have no row.',
    ties: 'Most: 3 Nov, with 10 plays.',
    'long labels': ofLong,
  },
  heatmap: {
    gaps: 'Most but for 0 weeks later: 1 week later, 5 Nov, with 60 percent back.',
    'one row': '', // at the beginning all are there
    none: undefined,
    ties:
      'Most but for 0 weeks later: 1 week later, 5 Nov; and 1 week later, 12 Nov, with 40 percent ' +
      'back each.',
    'long labels': ofLongSeries,
    '400 days': '',
  },
}

/** What is written along each picture, where that is not as the answer has it. */
const across: Partial<Record<(typeof kinds)[number], Partial<Expected>>> = {
  lines: {
    gaps: Array.from({ length: 19 }, (_, i) => `${i + 1} Nov`).join(),
    'one row': '11 Dec',
    ties: '1 Nov,2 Nov,3 Nov',
  },
  heatmap: { gaps: '0,1,2,3,4,5,6', 'one row': '0', ties: '0,1,2' },
}

describe('pictures of answers that are not like every day’s', () => {
  for (const { kind, data: name, chart, answer } of cases) {
    const figure = figureOf(chart, answer)
    it(`${kind}, ${name}: a caption that is true, and places in their order`, () => {
      const expected = findings[kind][name]
      expect(figure.points.length > 0).to.equal(expected !== undefined)
      if (expected === undefined) return
      expect(describeFigure(figure).finding).to.equal(expected)
      expect(figure.more).to.equal(0)
      const labels = across[kind]?.[name]
      if (labels) expect(figure.across.labels.join()).to.equal(labels)
      const of400 = kind === 'heatmap' ? figure.down : figure.across
      if (name === '400 days' && kind !== 'bars')
        expect(new Set(of400.labels)).to.have.property('size', 400)
    })
  }

  const markupOf = async (kind: (typeof kinds)[number], name: (typeof data)[number]) => {
    const { chart, answer } = cases.find((each) => each.kind === kind && each.data === name)!
    return (await chartOf(figureOf(chart, answer))).markup
  }
  /** The d of the paths of a class of marks. */
  const pathsOf = (markup: string, mark: string) =>
    [...markup.matchAll(new RegExp(`class="mark-${mark} role-mark[^"]*">(.*?)</g>`, 'g'))].flatMap(
      ([, inside]) => [...inside!.matchAll(/ d="([^"]*)"/g)].map(([, d]) => d!),
    )

  it('lines have no slope over days without a row, and a dot where a day stands alone', async () => {
    const markup = await markupOf('lines', 'gaps')
    const [line, ...others] = pathsOf(markup, 'line')
    expect(others).to.deep.equal([])
    const parts = line!.split('M').slice(1)
    expect(parts.map((part) => part.split('L').length)).to.deep.equal([3, 1, 4])
    expect(pathsOf(markup, 'area')[0]!.split('M')).to.have.length(4)
    expect(pathsOf(markup, 'symbol')).to.have.length(8)
  })

  it('lines of more days than have dots still have one for a day alone', async () => {
    const { chart, answer } = cases.find(
      (each) => each.kind === 'lines' && each.data === '400 days',
    )!
    const rows = answer.rows.filter((_, i) => i !== 99 && i !== 101)
    const { markup } = await chartOf(figureOf(chart, { ...answer, rows }))
    expect(pathsOf(markup, 'symbol')).to.have.length(1)
  })

  it('columns stand where their day is, and none where there is none', async () => {
    const markup = await markupOf('columns', 'gaps')
    const places = pathsOf(markup, 'rect').map((d) => Number(/^M([\d.]+)/.exec(d)![1]))
    const days = places.map((place) => Math.floor(place / (700 / 19)))
    expect([...new Set(days)]).to.have.members([0, 1, 2, 13, 15, 16, 17, 18])
  })

  it('a heatmap has a row for the week in which nobody was new, and no cell in it', async () => {
    const [markup] = (await markupOf('heatmap', 'gaps')).split('class="narrow"')
    expect(markup).to.match(/grid-area-4-1">19 Nov</)
    expect(markup).to.not.match(/class="cell grid-area-4-/)
    expect(markup!.match(/class="cell /g)).to.have.length(9)
  })

  it('long labels that begin alike are told from each other', async () => {
    for (const kind of kinds) {
      const texts = [
        ...(await markupOf(kind, 'long labels')).matchAll(/<bdi[^>]*>([^<]*part[^<]*)</g),
      ]
      expect(new Set(texts.map(([, text]) => text)).size, kind).to.be.at.least(12)
    }
  })
})
