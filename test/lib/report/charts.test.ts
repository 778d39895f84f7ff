import { expect } from 'chai'
import type { Chart } from '../../../lib/questions/question'
import { chartOf } from '../../../lib/report/charts'
import { figure } from './figures'

const kinds: Chart['kind'][] = ['bars', 'columns', 'lines', 'stacks', 'heatmap']

const hostile = [
  '<script>alert(1)</script>',
  `"'&amp;</text><image href=x onerror=alert(1)>`,
  '\u202eשלום',
  '👩‍🚀\u0007',
  '__proto__',
  'a[0].b\\',
]

describe('charts', () => {
  const draw = async (...given: Parameters<typeof figure>) =>
    (await chartOf(figure(...given))).markup

  for (const kind of kinds) {
    it(`${kind}: draws one row`, async () => {
      const markup = await draw(kind, [['only', '', 5]])
      expect(marksOf(markup), markup).to.not.deep.equal([])
      expect(markup).to.contain('only')
    })

    it(`${kind}: shows hostile names as text`, async () => {
      const rows = hostile.map((name, i) => [name, `${name} too`, i])
      const markup = await draw(kind, rows)
      const tags = new Set([...markup.matchAll(/<(\w+)/g)].map(([, tag]) => tag!))
      const drawn = ['svg', 'g', 'path', 'line', 'rect']
      expect([...tags]).to.have.members(
        [...tags].filter((tag) => [...drawn, 'div', 'span', 'bdi', 'b', 'i'].includes(tag)),
      )
      expect(markup).to.match(/&lt;script&gt;|&quot;&#39;&amp;amp;/) // some have no room
      expect(markup).to.not.match(/[\u0000-\u0008\u202e]/) // eslint-disable-line no-control-regex
    })

    it(`${kind}: has the colours of the page, and no letter in what is drawn`, async () => {
      const markup = await draw(kind, [
        ['a', 'x', 1],
        ['b', 'y', 0.5],
        ['c', 'x', 1e9],
      ])
      const colours = [...markup.matchAll(/ (?:fill|stroke)="([^"]*)"/g)].map(
        ([, colour]) => colour,
      )
      for (const colour of colours) expect(colour).to.match(/^(none|transparent|var\(--[\w-]+\))$/)
      expect(markup).to.not.contain('<text')
    })
  }

  it('begin at zero', async () => {
    const rows = [
      ['a', '', 1000],
      ['b', '', 1001],
    ]
    expect(await draw('columns', rows)).to.match(/<span>0<\/span>\s*<\/div>/)
    expect(await draw('bars', rows)).to.contain('from-0 share-0_999')
  })

  it('draw less than nothing to the other side', async () => {
    const markup = await draw('bars', [
      ['a', '', 30],
      ['b', '', -10],
    ])
    expect(markup).to.contain('from-0_25 share-0_75').and.to.contain('from-0 share-0_25')
  })

  it('write as many labels as there is room for, each in the middle of what it stands for', async () => {
    const days = Array.from({ length: 31 }, (_, i) => [
      `2018-10-${i + 1}`.replace(/-(\d)$/, '-0$1'),
      '',
      i,
    ])
    const labels = labelsOf(await draw('lines', days, 'time'))
    expect(labels.wide.slice(0, 2)).to.deep.equal(['2 Oct at 2-span-3', '5 Oct at 5-span-3'])
    expect(labels.wide).to.have.length(10)
    expect(labels.narrow).to.deep.equal([4, 11, 18, 25].map((i) => `${i} Oct at ${i - 2}-span-7`))
  })

  it('write the beginnings of words where these are too long', async () => {
    const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
    const labels = labelsOf(
      await draw(
        'columns',
        weekdays.map((name) => [name, '', 1]),
      ),
    )
    expect(labels.wide[2]).to.equal('Wednesday at 4-span-1')
    expect(labels.narrow[2]).to.equal('Wed at 4-span-1')
  })
})

function marksOf(markup: string): string[] {
  const drawn = [
    ...markup.matchAll(/class="mark-(?:rect|line|area|symbol) role-mark[^"]*">(.*?)<\/g>/g),
  ].flatMap(([, inside]) => inside!.match(/<(path|line)/g) ?? [])
  return [...drawn, ...(markup.match(/class="(?:bar|cell) /g) ?? [])]
}

/** The labels below (or above) a picture, and where they stand. */
function labelsOf(markup: string): Record<'wide' | 'narrow', string[]> {
  const labels = { wide: [] as string[], narrow: [] as string[] }
  const form = /class="label (wide|narrow) grid-column-([^"]*)"\s*>([^<]*)</g
  for (const [, width, place, text] of markup.matchAll(form)) {
    labels[width as 'wide' | 'narrow'].push(`${text!.trim()} at ${place}`)
  }
  return labels
}
