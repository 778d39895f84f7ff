import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { projectFolder } from '../lib/warehouse/settings'
import { readTableDesigns } from '../lib/warehouse/tables'
import { withWarehouse } from '../scripts/cli/warehouse'
import { redshiftSqlPage } from './redshift-sql-page'
import { tablesPage } from './tables-page'

/**
 * Writes docs/redshift-sql.md, and docs/tables.md by a warehouse of its own in which nothing but the migrations was
 * done.
 */
async function main(): Promise<void> {
  writeFileSync(join(projectFolder, 'docs', 'redshift-sql.md'), redshiftSqlPage())
  const folder = mkdtempSync(join(tmpdir(), 'document-tables-'))
  process.env.LOCAL_WAREHOUSE = join(folder, 'data')
  try {
    const designs = await withWarehouse('development', async (knex) => {
      await knex.migrate.latest()
      return readTableDesigns(knex)
    })
    writeFileSync(join(projectFolder, 'docs', 'tables.md'), await tablesPage(designs))
  } finally {
    // The engine writes until its lock is gone.
    while (existsSync(join(folder, 'data', 'postgres', 'postmaster.pid'))) await sleep(20)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

void main()
