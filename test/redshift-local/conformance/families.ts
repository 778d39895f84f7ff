import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Family } from './case'

const load = createRequire(__filename)
const folder = join(__dirname, 'cases')

/** The families of `cases/`, by the names of their files. */
export const families = new Map(
  readdirSync(folder)
    .sort()
    .map((file) => [
      file.replace(/\.ts$/, ''),
      (load(join(folder, file)) as { default: Family }).default,
    ]),
)
