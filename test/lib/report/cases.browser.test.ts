import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect } from 'chai'
import type { Browser, Page } from 'puppeteer-core'
import { readQuestions } from '../../../lib/questions/question'
import { type Answered, lineageOf, type LineageNode } from '../../../lib/report/content'
import { page as write } from '../../../lib/report/page'
import { findChromium, startChromium } from '../../../tools/chromium'
import { type Case, cases } from './cases'
import { pulseOf, summaryOf } from './pulses'
import { type Picture, pictures } from './shown'

/** Where the page is looked at: the commonest laptop, the narrowest page beside its navigation, phones, and paper (A4). */
const views = [
  { name: 'on a laptop', width: 1366, media: 'screen' },
  { name: 'on a small screen', width: 993, media: 'screen' },
  { name: 'on a phone', width: 390, media: 'screen' },
  { name: 'on a small phone', width: 320, media: 'screen' },
  { name: 'on paper', width: 718, media: 'print' },
] as const

const summary = summaryOf(pulseOf({ first: '2018-11-01', last: '2018-11-01' }))

function answeredOf({ kind, data, chart, answer }: Case): Answered {
  const name = `${kind}_${data}`
  const texts = { title: `${kind}: ${data}`, answers: 'What is drawn.', key: [], sql: 'select 1' }
  const lines = { key: 3, chart: 4, sql: 6 }
  return { question: { name, file: `${name}.sql`, ...texts, chart, lines }, answer }
}

/** An answer of as many columns as the widest has. */
const wide: Answered = {
  question: {
    ...{ name: 'wide', file: 'wide.sql', title: 'A wide answer', answers: 'Eight columns.' },
    ...{ key: [], sql: 'select 1', lines: { key: 3, chart: 4, sql: 6 } },
  },
  answer: {
    columns: [
      ...['user_id', 'plays_before', 'plays_of_favourite'].map((name) => ({
        name,
        type: 'number' as const,
      })),
      ...['first_name', 'favourite_artist', 'song_title', 'location'].map((name) => ({
        name,
        type: 'text' as const,
      })),
      { name: 'changed_at', type: 'time' },
    ],
    rows: [
      [
        ...[1_234_567, 12_345, 678],
        ...['Wilhelmina', 'Florence + The Machine', 'You Belong With Me (Album Version) (Live)'],
        ...['San Francisco-Oakland-Hayward, CA', '2018-11-30 12:34:56.796'],
      ],
    ],
    more: 0,
  },
}

/** The lineage of the project, and tables behind the last one: each in a column of its own. */
async function lineageWith(names: string[]): Promise<LineageNode[]> {
  const nodes = await lineageOf(readQuestions())
  const last = Math.max(...nodes.map(({ column }) => column))
  const added = names.map((name, i): LineageNode => ({
    ...{ id: `table-${name}`, kind: 'table', title: name, column: last + i },
    from: [i === 0 ? 'table-time' : `table-${names[i - 1]}`],
  }))
  return [
    ...nodes.map((node) => (node.column < last ? node : { ...node, column: last + names.length })),
    ...added,
  ]
}

describe('pictures of answers that are not like every day’s, in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cases-'))
  const file = join(folder, 'cases.html')
  let browser: Browser
  let page: Page

  before(async function () {
    const chromium = findChromium()
    if (chromium === undefined) return this.skip()
    const answered = [...cases.map(answeredOf), wide]
    const lineage = await lineageWith(['locations'])
    const readAt = '2018-12-01T00:00:00Z'
    writeFileSync(file, await write({ readAt, summary, answered, tables: [], lineage }))
    browser = await startChromium(chromium)
    page = await browser.newPage()
  })

  after(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true })
  })

  const open = async ({ width, media }: (typeof views)[number], path = file) => {
    await page.setViewport({ width, height: 900 })
    await page.emulateMediaType(media)
    await page.goto(pathToFileURL(path).href)
  }
  /** What is larger than where it stands. */
  const beyond = (selector: string, side: 'Width' | 'Height') =>
    page.evaluate(`[...document.querySelectorAll('${selector}')]
      .filter((each) => each.checkVisibility() && each.scroll${side} > each.client${side} + 1)
      .map((each) => (each.getAttribute('aria-label') ?? each.textContent).slice(0, 80))`)

  for (const view of views) {
    it(`are whole ${view.name}, ${view.width} pixels wide: no label is cut, none on another`, async () => {
      await open(view)
      const shown = (await page.evaluate(pictures)) as Picture[]
      expect(shown).to.have.length(1 + cases.filter(({ data }) => data !== 'none').length)
      for (const { name, marks, faults, size, fits } of shown) {
        expect(faults, name).to.deep.equal([])
        expect(marks, name).to.be.greaterThan(0)
        expect(size, name).to.be.at.least(9)
        if (!name.startsWith('Lineage')) expect(fits, name).to.equal(true)
      }
      expect(await page.evaluate('document.documentElement.scrollWidth')).to.be.at.most(view.width)
    })
  }

  it('say of 400 days that a week is drawn as its average day', async () => {
    await open(views[0])
    for (const kind of ['columns', 'lines', 'stacks']) {
      const text = await page.evaluate(
        `document.querySelector('#question-${kind}_400--20days').innerText`,
      )
      expect(text, kind)
        .to.contain('average day of each week')
        .and.to.contain('the rows have each day')
    }
  })

  for (const view of views.filter(({ width }) => width === 1366 || width === 718)) {
    it(`stand beside tables and a lineage whose last column is whole ${view.name}`, async () => {
      await open(view)
      await page.evaluate(
        "document.querySelectorAll('details').forEach((each) => { each.open = true })",
      )
      expect(await beyond('div.scroll', 'Width')).to.deep.equal([])
      // Nothing that is named is ended by an ellipsis.
      expect(await beyond('.box span', 'Width')).to.deep.equal([])
      expect(await beyond('.box span', 'Height')).to.deep.equal([])
    })
  }
})
