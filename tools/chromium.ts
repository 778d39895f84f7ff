import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, launch } from 'puppeteer-core'

const names = ['chromium', 'chromium-browser', 'google-chrome']

/** The browser that CHROMIUM_PATH names, or the first that is on the PATH; undefined for none. */
export function findChromium(variables = process.env): string | undefined {
  const folders = (variables.PATH ?? '').split(delimiter)
  const places = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [variables.CHROMIUM_PATH ?? '', ...places].find(isProgram)
}

/** Starts a browser without a window. */
export function startChromium(executablePath: string): Promise<Browser> {
  // Chromium refuses to run its sandbox under root.
  const isRoot = process.getuid?.() === 0
  return launch({ executablePath, args: isRoot ? ['--no-sandbox'] : [] })
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return file !== ''
  } catch {
    return false
  }
}
