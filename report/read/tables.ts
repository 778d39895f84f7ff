import type { Knex } from 'knex'
import type { Table } from '../../lib/tables/table'
import { type TableDesign, readTableDesigns } from '../../lib/tables/designs'
import { countRows } from '../../lib/warehouse'
import { type TableGroup, tableGroups } from '../../models/documentation'

/** A documented table, and what the warehouse has of it. */
export interface LiveTable {
  group: TableGroup
  table: Table
  design: TableDesign
  rows: number
}

/** Reads the documented tables that the warehouse has, in the order of their groups. */
export async function readTables(knex: Knex): Promise<LiveTable[]> {
  const designs = await readTableDesigns(knex)
  const live: LiveTable[] = []
  for (const group of tableGroups) {
    for (const table of group.tables) {
      const design = designs.get(table.name)
      if (design) live.push({ group, table, design, rows: await countRows(knex, table.name) })
    }
  }
  return live
}
