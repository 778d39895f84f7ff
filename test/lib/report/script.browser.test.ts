import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect } from 'chai'
import type { Browser, Page } from 'puppeteer-core'
import { tableGroups } from '../../../lib/load/tables'
import type { AnswerColumn, Value } from '../../../lib/questions/answer'
import type { Chart } from '../../../lib/questions/question'
import type { Answered, LiveTable } from '../../../lib/report/content'
import { page as write } from '../../../lib/report/page'
import { periodOf } from '../../../lib/report/pulse'
import { findChromium, startChromium } from '../../../tools/chromium'
import { pulseOf, summaryOf } from './pulses'

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

function answered(
  name: string,
  chart: Chart | undefined,
  columns: Record<string, AnswerColumn['type']>,
  rows: Value[][],
): Answered {
  const texts = { title: `What of ${name}?`, answers: `All of ${name}.`, key: [], sql: 'select 1' }
  const question = { name, file: `${name}.sql`, ...texts, lines: { key: 3, chart: 4, sql: 6 } }
  const types = Object.entries(columns).map(([name, type]) => ({ name, type }))
  return {
    question: { ...question, ...(chart && { chart }) },
    answer: { columns: types, rows, more: 0 },
  }
}

const weeks = answered(
  'weeks',
  { kind: 'columns', measure: 'plays', by: 'week', per: 'level' },
  { week: 'time', level: 'text', plays: 'number' },
  [
    ['2018-10-29', 'free', 1200],
    ['2018-10-29', 'paid', 30],
    ['2018-11-05', 'free', 40],
    ['2018-11-19', 'paid', 60],
  ],
)
const retention = answered(
  'retention',
  { kind: 'heatmap', measure: 'percent_back', by: 'weeks_later', per: 'first_week' },
  { first_week: 'time', weeks_later: 'number', percent_back: 'number' },
  [
    ['2018-10-29', 0, 100],
    ['2018-10-29', 1, 40.5],
    ['2018-11-05', 0, 100],
    ['2018-11-05', 1, 50],
  ],
)
const names = ['=HYPERLINK("x")', '-1+2', '@cmd', '-5', 'a, "b"', '', null, 'Zoë', 'zebra']
const listeners = answered(
  'listeners',
  { kind: 'bars', measure: 'plays', by: 'name' },
  { name: 'text', plays: 'number', since: 'time' },
  names.map((name, i) => [name, i === 4 ? null : 1500 - 7 * i, '2018-11-05']),
)
const many = answered(
  'many',
  undefined,
  { number: 'number' },
  Array.from({ length: 60 }, (_, i) => [i]),
)

const tables = tableGroups.flatMap((group) =>
  group.tables.map((table): LiveTable => {
    const design = {
      distribution: 'ALL',
      sortKey: [],
      columns: {},
    } as unknown as LiveTable['design']
    return { group, table, design, rows: 1, origins: {} }
  }),
)

describe('the report’s script, in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'script-'))
  const file = join(folder, 'report.html')
  /** As it is where no script runs; axe is one, and needs a browser that runs it. */
  const bare = join(folder, 'bare.html')
  let browser: Browser
  let page: Page
  const complaints: string[] = []

  before(async function () {
    const chromium = findChromium()
    if (chromium === undefined) return this.skip()
    const period = periodOf('2018-11-01 00:00:00', '2018-11-26 12:00:00')!
    const summary = summaryOf(pulseOf({ first: '2018-11-01', last: '2018-11-26', period }))
    const readAt = '2018-12-01T00:00:00Z'
    const lineage = [
      { id: 'table-users', kind: 'table' as const, title: 'users', from: [], column: 0 },
      {
        id: 'question-weeks',
        kind: 'question' as const,
        title: 'Weeks',
        from: ['table-users'],
        column: 1,
      },
    ]
    const content = {
      readAt,
      summary,
      answered: [weeks, retention, listeners, many],
      tables,
      lineage,
    }
    const text = await write(content)
    writeFileSync(file, text)
    writeFileSync(bare, text.replace(/<script>[^]*<\/script>/, ''))
    browser = await startChromium(chromium)
    page = await browser.newPage()
    page.on('pageerror', (error) => complaints.push(String(error)))
  })

  after(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true })
  })

  const open = async (width = 1280, path = file) => {
    await page.setViewport({ width, height: 900 })
    await page.goto('about:blank')
    await page.goto(pathToFileURL(path).href)
  }
  const ask = <T>(expression: string) => page.evaluate(expression) as Promise<T>
  const textOf = (selector: string) =>
    ask<string>(
      `document.querySelector(${JSON.stringify(selector)}).innerText.replace(/\\s+/g, ' ')`,
    )
  const isShown = (selector: string) =>
    ask<boolean>(`document.querySelector(${JSON.stringify(selector)})?.checkVisibility() ?? false`)
  const unfold = () =>
    ask("document.querySelectorAll('details').forEach((each) => { each.open = true })")

  beforeEach(() => open())
  afterEach(() => expect(complaints).to.deep.equal([]))

  it('is the only one that runs: no other script, no style of an element, no markup out of text', async () => {
    const found = await ask(`(() => {
      const script = document.createElement('script')
      try { script.text = 'window.ran = true' } catch {}
      document.body.append(script)
      document.body.setAttribute('style', 'color: rgb(1, 2, 3)')
      let isRefused = false
      try { document.body.insertAdjacentHTML('beforeend', '<b></b>') } catch { isRefused = true }
      return { ran: window.ran === true, colour: getComputedStyle(document.body).color, isRefused }
    })()`)
    expect(found).to.deep.include({ ran: false, isRefused: true })
    expect(found).to.not.deep.include({ colour: 'rgb(1, 2, 3)' })
  })

  describe('shows the values of a picture', () => {
    const places: [what: string, x: number, said: string][] = [
      [
        'of each series, and what is not whole',
        0.1,
        'Week of 29 Oct (not whole) free 1,200 paid 30',
      ],
      ['of a series without a row', 0.3, 'Week of 5 Nov free 40 paid no row'],
      ['of a gap', 0.6, 'Week of 12 Nov no row'],
    ]
    for (const [what, share, said] of places) {
      it(`under the pointer: ${what}`, async () => {
        const { x, y, width } = await ask<DOMRect>(`(() => {
          const marks = document.querySelector('#question-weeks .marks')
          marks.scrollIntoView({ block: 'center' })
          return marks.getBoundingClientRect().toJSON()
        })()`)
        await page.mouse.move(x + share * width, y + 20)
        expect(await textOf('#question-weeks .tip')).to.equal(said)
        await page.keyboard.press('Escape')
        expect(await isShown('#question-weeks .tip')).to.equal(false)
        await page.mouse.move(x + share * width + 1, y + 20)
        await page.mouse.move(1, 1)
        expect(await isShown('#question-weeks .tip')).to.equal(false)
      })
    }

    const walks: Record<string, [question: string, keys: string[], said: string]> = {
      'along columns': ['weeks', ['ArrowRight'], 'week of 5 Nov: free 40 plays'],
      'to the last column': ['weeks', ['End', 'ArrowRight'], 'week of 19 Nov: paid 60 plays'],
      'to a gap': ['weeks', ['End', 'ArrowLeft'], 'week of 12 Nov: no row'],
      'down bars': ['listeners', ['ArrowDown', 'ArrowDown'], '@cmd: 1,486 plays'],
      'across and down a heatmap': [
        ...(['retention', ['ArrowRight', 'ArrowDown']] as [string, string[]]),
        '5 Nov, 1 week later: 50 percent back',
      ],
    }
    for (const [where, [question, keys, said]] of Object.entries(walks)) {
      it(`by the arrow keys: ${where}`, async () => {
        await page.focus(`#question-${question} .stops`)
        for (const key of keys) await page.keyboard.press(key as 'End')
        const slider = `document.querySelector('#question-${question} .stops')`
        expect(await ask(`${slider}.ariaValueText`)).to.equal(said)
        expect(await isShown(`#question-${question} .tip`)).to.equal(true)
        await page.keyboard.press('Escape')
        expect(await isShown(`#question-${question} .tip`)).to.equal(false)
      })
    }
  })

  describe('works tables', () => {
    const column = (i: number) =>
      ask<string[]>(`[...document.querySelectorAll('#question-listeners tbody tr')]
        .filter((row) => row.checkVisibility()).map((row) => row.cells[${i}].innerText.trim())`)
    const sort = (i: number) =>
      ask(`document.querySelectorAll('#question-listeners .sort')[${i}].click()`)
    const filter = (words: string) => page.type('#question-listeners .tools input', words)
    const save = async () => {
      await ask(`(() => {
        const create = URL.createObjectURL
        URL.createObjectURL = (blob) => { window.saved = blob; return create(blob) }
        document.querySelector('#question-listeners .save').click()
      })()`)
      return ask<string>('window.saved.text()')
    }
    beforeEach(unfold)

    it('sorts by number, the largest first, and back; what has none is last', async () => {
      const given = await column(1)
      await sort(1)
      const down = await column(1)
      expect(down[0]).to.equal('1,500')
      expect(down.at(-1)).to.equal('none')
      expect(await ask("document.querySelector('[aria-sort]').ariaSort")).to.equal('descending')
      await sort(1)
      expect((await column(1))[0]).to.equal('1,444')
      expect((await column(1)).at(-1)).to.equal('none')
      await sort(1)
      expect(await column(1)).to.deep.equal(given)
      expect(await ask("document.querySelectorAll('[aria-sort]').length")).to.equal(0)
    })

    it('sorts by words as people do', async () => {
      await sort(0)
      expect((await column(0)).slice(-3)).to.deep.equal(['zebra', 'Zoë', 'none'])
    })

    it('shows the rows that have all words, and says how many', async () => {
      await filter('z 5 nov')
      expect(await column(0)).to.deep.equal(['Zoë', 'zebra'])
      expect(await textOf('#question-listeners .tools [role=status]')).to.equal('2 of 9 rows')
      await filter('nothing')
      expect(await textOf('#question-listeners .tools [role=status]')).to.equal('0 of 9 rows')
    })

    it('saves the whole values as CSV, in which nothing is a formula', async () => {
      expect((await save()).split('\n')).to.deep.equal([
        'name,plays,since',
        `"'=HYPERLINK(""x"")",1500,2018-11-05`,
        `'-1+2,1493,2018-11-05`,
        `'@cmd,1486,2018-11-05`,
        '-5,1479,2018-11-05',
        '"a, ""b""",,2018-11-05',
        '"",1465,2018-11-05',
        ',1458,2018-11-05',
        'Zoë,1451,2018-11-05',
        'zebra,1444,2018-11-05',
        '',
      ])
    })

    it('saves the rows that are shown, as they are sorted', async () => {
      await filter('z')
      await sort(0)
      expect(await save()).to.equal(
        'name,plays,since\nzebra,1444,2018-11-05\nZoë,1451,2018-11-05\n',
      )
    })
  })

  const searches: Record<string, [words: string, first: string]> = {
    'questions by their titles': ['of retention', 'What of retention? Question'],
    'questions by the columns of their answers': ['percent_back', 'What of retention? Question'],
    'columns of tables': ['start time songplays', 'start_time Column of songplays'],
    'tables by their names': ['staging_events one row', 'staging_events Table'],
  }
  for (const [what, [words, first]] of Object.entries(searches)) {
    it(`finds ${what}`, async () => {
      await page.type('.search input', words)
      expect(await textOf('.found li')).to.equal(first)
      expect(await textOf('.count')).to.match(/^\d+ found/)
    })
  }

  for (const width of [1280, 360]) {
    it(`leads to a column that is folded, ${width} pixels wide`, async () => {
      await open(width)
      await page.type('.search input', 'start_time songplays')
      await page.keyboard.press('Enter')
      await page.waitForFunction("document.querySelector('tr:target')?.checkVisibility()")
      expect(await ask('location.hash')).to.equal('#column-songplays-start_time')
      if (width < 1000) expect(await isShown('.found li')).to.equal(false)
    })
  }

  it('says that nothing is found, and is cleared by Escape', async () => {
    await page.type('.search input', 'nothing of the kind')
    expect(await textOf('.count')).to.equal('Nothing found')
    await page.keyboard.press('Escape')
    expect(await isShown('nav a[href="#question-weeks"]')).to.equal(true)
  })

  it('copies the link to a question', async () => {
    await ask('navigator.clipboard.writeText = async (text) => { window.copied = text }')
    await page.click('#question-weeks .anchor')
    await page.waitForFunction("document.querySelector('.told').textContent !== ''")
    expect(await ask('window.copied')).to.equal(`${pathToFileURL(file).href}#question-weeks`)
    expect(await textOf('.told')).to.equal('Link copied')
  })

  it('is not needed: without it nothing is there that does nothing', async () => {
    await page.setJavaScriptEnabled(false)
    try {
      await open()
      expect(await ask("document.querySelectorAll('button, input, .stops, .tip').length")).to.equal(
        0,
      )
      expect(await ask("document.querySelectorAll('#question-many tbody tr').length")).to.equal(60)
      expect(await isShown('#question-weeks .hatch')).to.equal(true)
    } finally {
      await page.setJavaScriptEnabled(true)
    }
  })

  it('is not seen on paper, which has the first rows of a long answer and says so', async () => {
    await page.emulateMediaType('print')
    try {
      for (const each of ['.tools', '.search', '.anchor'])
        expect(await isShown(each)).to.equal(false)
      const rows = `[...document.querySelectorAll('#question-many tbody tr')]`
      expect(await ask(`${rows}.filter((row) => row.checkVisibility()).length`)).to.equal(50)
      expect(await textOf('#question-many .printed')).to.equal('On paper: the first 50 rows.')
    } finally {
      await page.emulateMediaType('screen')
    }
  })

  const looks: Record<
    string,
    { theme?: 'dark'; width?: number; media?: 'print'; hasNoScript?: true }
  > = {
    'in light': {},
    'in dark': { theme: 'dark' },
    'on a phone': { width: 360 },
    'on paper': { media: 'print' },
    'without scripts': { hasNoScript: true },
  }
  for (const [where, { theme = 'light', width, media = 'screen', hasNoScript }] of Object.entries(
    looks,
  )) {
    it(`leaves axe nothing to find ${where}`, async () => {
      await page.setBypassCSP(true)
      try {
        await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }])
        await page.emulateMediaType(media)
        await open(width, hasNoScript ? bare : file)
        await unfold()
        if (!hasNoScript) {
          await page.type('.search input', 'week')
          await page.focus('#question-weeks .stops')
        }
        await page.evaluate(axe)
        const { violations } = await ask<{
          violations: { id: string; nodes: { html: string }[] }[]
        }>('axe.run({ resultTypes: ["violations"] })')
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`)).to.deep.equal([])
      } finally {
        await page.setBypassCSP(false)
        await page.emulateMediaType('screen')
      }
    })
  }
})
