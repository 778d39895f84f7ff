import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect } from 'chai'
import type { Browser, Page } from 'puppeteer-core'
import { buildModels } from '../../../lib/load/refresh'
import { writeReport } from '../../../lib/report/write'
import { findChromium, startChromium } from '../../../tools/chromium'
import { stageEvents, stageSongs } from '../../models/staged'
import { useCommands } from '../../scripts/command'
import { useWarehouse } from '../../warehouse'
import { type Picture, pictures } from './shown'

const desktop = { width: 1280, height: 900 }
const phone = { width: 360, height: 740 }
const themes = ['light', 'dark'] as const
const axe = require.resolve('axe-core/axe.min.js')

interface Violation {
  id: string
  impact: string
  nodes: { html: string; failureSummary: string }[]
}

/** Fonts that no page reckons with: half as wide again as those that are installed, and half as wide. */
const installed = [
  'DejaVu Sans Mono',
  'Liberation Mono',
  'Menlo',
  'Consolas',
  'DejaVu Sans',
  'Arial',
]
const fontOf = (percent: number) => `
  @font-face {
    font-family: Resized;
    src: ${installed.map((name) => `local('${name}')`).join(', ')};
    size-adjust: ${percent}%;
  }
  * { font-family: Resized, monospace !important }`

const fonts: Record<string, { style?: string; defaultSize?: number }> = {
  'the fonts that are installed': {},
  'a wide monospaced font': { style: fontOf(150) },
  'a narrow font': { style: fontOf(60) },
  'a serif font': { style: '* { font-family: serif !important }' },
  'a default size of 32 pixels': { defaultSize: 32 },
  'a wide font, and a default size of 24 pixels': { style: fontOf(130), defaultSize: 24 },
}

describe('the report in a browser', function () {
  const commands = useCommands()
  const warehouse = useWarehouse()
  let browser: Browser
  let page: Page
  /** What the page asked for, and what it complained of. */
  const asked: string[] = []
  const complaints: string[] = []

  before(async function () {
    const chromium = findChromium()
    if (chromium === undefined) return this.skip()
    browser = await startChromium(chromium)
    page = await browser.newPage()
    page.on('request', (request) => asked.push(request.url()))
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('dialog', (dialog) => {
      complaints.push(dialog.message())
      void dialog.dismiss()
    })
  })

  after(() => browser?.close())

  const open = async (file: string, viewport = desktop) => {
    await page.setViewport(viewport)
    await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }])
    await page.goto(pathToFileURL(file).href)
  }
  const ask = <T>(expression: string) => page.evaluate(expression) as Promise<T>
  const unfold = () =>
    ask("document.querySelectorAll('details').forEach((each) => { each.open = true })")
  // A sheet that is made by script is the only one that the page's policy lets in.
  const restyle = (style: string) =>
    ask(`(() => {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(${JSON.stringify(style)})
      document.adoptedStyleSheets.push(sheet)
    })()`)
  // axe is run in the page, which allows no script. It takes its time for each cell, and rows are alike.
  const faults = async () => {
    await ask("document.querySelectorAll('tr:nth-child(n + 6)').forEach((row) => row.remove())")
    await page.addScriptTag({ content: readFileSync(axe, 'utf8') })
    const violations = await ask<Violation[]>(
      'axe.run({ resultTypes: ["violations"] }).then(({ violations }) => violations)',
    )
    return violations.filter(({ impact }) => ['serious', 'critical'].includes(impact))
  }

  describe('of the sample', () => {
    const file = join(commands.folder, 'report.html')

    before(async () => {
      await commands.keepEngine()
      const { code, stderr } = await commands.sparkify(['run'], { REPORT: file })
      expect(code, stderr).to.equal(0)
    })

    beforeEach(() => open(file))

    it('complains of nothing, and asks for nothing but itself', () => {
      expect(complaints).to.deep.equal([])
      const others = asked.filter(
        (url) => url !== pathToFileURL(file).href && !url.startsWith('data:'),
      )
      expect(others).to.deep.equal([])
    })

    for (const viewport of [desktop, phone]) {
      for (const [name, { style, defaultSize = 16 }] of Object.entries(fonts)) {
        it(`can be read in ${name}, ${viewport.width} pixels wide`, async () => {
          const cdp = await page.createCDPSession()
          const setSize = (standard: number) =>
            cdp.send('Page.setFontSizes', { fontSizes: { standard, fixed: standard - 3 } })
          await setSize(defaultSize)
          try {
            await open(file, viewport)
            if (style) await restyle(style)
            await page.evaluate('document.fonts.ready')
            const shown = await ask<Picture[]>(pictures)
            expect(shown).to.have.length(
              1 + (await ask<number>("document.querySelectorAll('figure').length")),
            )
            expect(shown.length).to.be.greaterThan(10)
            for (const { name: picture, marks, faults, size, fits } of shown) {
              expect(marks, picture).to.be.greaterThan(0)
              expect(faults, picture).to.deep.equal([])
              expect(picture).to.match(/\d/)
              expect(size, picture).to.be.at.least((9 * defaultSize) / 16)
              // The lineage is wider than a phone, and pictures may be than large letters let them.
              if (!style && defaultSize === 16 && !picture.startsWith('Lineage'))
                expect(fits, picture).to.equal(true)
            }
            await unfold()
            expect(await ask('document.documentElement.scrollWidth')).to.equal(viewport.width)
          } finally {
            await setSize(16)
            await cdp.detach()
          }
        })
      }
    }

    it('has its first picture whole in view on a laptop, below what it says first', async () => {
      await open(file, { width: 1366, height: 900 })
      const { top, bottom } = await ask<{ top: number; bottom: number }>(
        "document.querySelector('.picture').getBoundingClientRect().toJSON()",
      )
      expect(top).to.be.greaterThan(300)
      expect(bottom).to.be.at.most(900)
    })

    it('has rows in every table, each with as many cells as headings', async () => {
      const tables = await ask<{ caption: string; rows: number; fits: boolean }[]>(`
        [...document.querySelectorAll('table')].map((table) => ({
          caption: table.caption.textContent.trim(),
          rows: table.tBodies[0].rows.length,
          fits: [...table.rows].every((row) => row.cells.length === table.rows[0].cells.length),
        }))`)
      expect(tables.length).to.be.greaterThan(25)
      for (const table of tables) {
        expect(table.rows, table.caption).to.be.greaterThan(0)
        expect(table.fits, table.caption).to.equal(true)
      }
    })

    it('has a heading in view behind every link of its navigation', async () => {
      const links = await ask<string[]>(
        "[...document.querySelectorAll('nav a')].map((link) => link.getAttribute('href'))",
      )
      expect(links.length).to.be.greaterThan(15)
      for (const link of links) {
        await page.click(`nav a[href="${link}"]`)
        const top = await ask<number>(
          `document.querySelector(':target :is(h1, h2, h3, h4)').getBoundingClientRect().top`,
        )
        expect(top, link).to.be.within(0, desktop.height - 40)
      }
    })

    it('has a place behind every link, those of the lineage too, which the keyboard reaches', async () => {
      const nowhere = await ask<string[]>(`
        [...document.querySelectorAll('a')].map((link) => link.getAttribute('href'))
          .filter((href) => !document.getElementById(href.slice(1)))`)
      expect(nowhere).to.deep.equal([])
      await ask(`document.querySelector('.lineage a[href="#table-songs"]').focus()`)
      await page.keyboard.press('Enter')
      expect(await ask('location.hash')).to.equal('#table-songs')
    })

    it('lets the keyboard skip its navigation', async () => {
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      expect(await ask('location.hash')).to.equal('#summary')
    })

    it('is printed with everything unfolded', async () => {
      await page.emulateMediaType('print')
      const hidden = `[...document.querySelectorAll('table, pre')]
        .filter((each) => !each.checkVisibility({ contentVisibilityAuto: true })).length`
      // A browser that is busy follows some frames later.
      await page.waitForFunction(`(${hidden}) === 0`).catch(() => {})
      const left = await ask<number>(hidden)
      await page.emulateMediaType('screen')
      expect(left).to.equal(0)
    })

    for (const theme of themes) {
      it(`has no serious fault that axe finds, in ${theme}`, async () => {
        await page.setBypassCSP(true)
        await open(file)
        await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }])
        await unfold()
        expect(await faults()).to.deep.equal([])
        await page.setBypassCSP(false)
      })
    }
  })

  describe('with hostile names', () => {
    const file = join(commands.folder, 'hostile.html')
    const names = [
      '<script>alert(1)</script>',
      '<img src=x onerror=alert(2)>',
      `"onfocus="alert(3)" autofocus '`,
      '</title></svg></style><svg onload=alert(4)>',
      'שלום עולם',
      '👩‍🚀 & 🎵',
      '&lt;b&gt;',
    ]

    before(async () => {
      const people = names.map((name, i) => ({
        user_id: i,
        first_name: name,
        song: name,
        artist: name,
        location: name,
      }))
      const songs = names.map((name, i) => ({
        song_id: `S${i}`,
        artist_id: `A${i}`,
        title: name,
        artist_name: name,
      }))
      await stageSongs(warehouse.knex, songs)
      await stageEvents(warehouse.knex, people)
      await buildModels(warehouse.knex, 'up', [])
      await writeReport(warehouse.knex, file)
      await open(file)
    })

    it('shows them as text, in tables and in pictures', async () => {
      const cells = await ask<string[]>(
        `[...document.querySelectorAll('td bdi')].map((each) => each.textContent)`,
      )
      expect(cells).to.include.members(names)
      const labels = await ask<string[]>(
        `[...document.querySelectorAll('.bars bdi')].map((each) => each.textContent)`,
      )
      expect(labels).to.include.members(names)
    })

    it('takes none of them for markup', async () => {
      expect(
        await ask(
          "document.querySelectorAll('script, img, [onload], [onfocus], [onerror]').length",
        ),
        'the script of the page',
      ).to.equal(1)
      expect(complaints).to.deep.equal([])
    })
  })
})
