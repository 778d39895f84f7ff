import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Knex } from 'knex'
import { type Source, sourceOf, type StagingTable } from './source'

// One staging table a file.
const files = readdirSync(__dirname)
  .filter((file) => file.endsWith('.ts') && !['index.ts', 'source.ts'].includes(file))
  .sort()

/** The staging tables, in the order of their names. */
export const stagingTables: StagingTable[] = files.map((file) => {
  const required = createRequire(__filename)(join(__dirname, file)) as { default: StagingTable }
  return required.default
})

/** The settings that say where the files of all sources are. */
export const sourceSettings = stagingTables.flatMap(({ settings }) => settings)

/** All sources, as the settings of a warehouse place them. */
export function sources(knex: Knex): Source[] {
  return stagingTables.map((table) => sourceOf(knex, table))
}
