import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'puppeteer-core'
import { UsageError, describe } from '../lib/warehouse/errors'
import { projectFolder } from '../lib/warehouse/settings'
import { findChromium, startChromium } from './chromium'

interface Shot {
  name: string
  theme: 'light' | 'dark'
  width: number
  height: number
  /** What stands at the upper edge. */
  from: string
}

const shots: Shot[] = [
  { name: 'report-light', theme: 'light', width: 1280, height: 1360, from: '#summary' },
  {
    name: 'report-dark',
    theme: 'dark',
    width: 1280,
    height: 1360,
    from: '#question-plays_per_weekday_and_hour',
  },
  {
    name: 'report-phone',
    theme: 'light',
    width: 390,
    height: 1020,
    from: '#question-free_and_paid_plays',
  },
  { name: 'report-lineage', theme: 'light', width: 1280, height: 900, from: '#lineage' },
]

/** Writes docs/images/report-*.png: the report of the sample data, from a warehouse of its own. */
async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'screenshots-'))
  try {
    const report = join(folder, 'report.html')
    const browser = await startChromium(expectChromium())
    try {
      writeSampleReport(folder, report)
      for (const shot of shots) await shoot(browser, report, shot)
    } finally {
      await browser.close()
    }
  } finally {
    // The engine writes until its lock is gone.
    while (existsSync(join(folder, 'data', 'postgres', 'postmaster.pid'))) await sleep(20)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

function expectChromium(): string {
  const found = findChromium()
  if (found) return found
  throw new UsageError(
    'No Chromium is found on the PATH: install one (Debian: chromium), or name it in CHROMIUM_PATH.',
  )
}

function writeSampleReport(folder: string, report: string): void {
  const sparkify = join(projectFolder, 'scripts', 'sparkify.js')
  const env = {
    ...process.env,
    LOCAL_WAREHOUSE: join(folder, 'data'),
    LOCAL_BUCKETS: join(folder, 'buckets'),
    REPORT: report,
    // Of the sample, whatever the settings of whoever takes them.
    ...{ LOG_DATA: '', SONG_DATA: '', LOG_JSONPATH: '', WORK_DATA: '' },
  }
  execFileSync(process.execPath, [sparkify, 'run'], { env, stdio: 'ignore' })
}

async function shoot(browser: Browser, report: string, shot: Shot): Promise<void> {
  const images = join(projectFolder, 'docs', 'images')
  mkdirSync(images, { recursive: true })
  const page = await browser.newPage()
  const { name, theme, width, height, from } = shot
  await page.setViewport({ width, height })
  await page.emulateMediaFeatures([
    { name: 'prefers-color-scheme', value: theme },
    { name: 'prefers-reduced-motion', value: 'reduce' },
  ])
  await page.goto(pathToFileURL(report).href)
  await page.evaluate(`document.querySelector('${from}').scrollIntoView()`)
  const path = join(images, `${name}.png`)
  await page.screenshot({ path })
  console.log(path)
  await page.close()
}

main().catch((error: unknown) => {
  console.error(describe(error))
  process.exitCode = 1
})
