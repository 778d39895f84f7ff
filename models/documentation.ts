import { ledgerTables } from '../lib/tables/ledger'
import { stagingTables } from '../lib/tables/staging'
import type { Table } from '../lib/tables/table'
import { models } from './index'

/** Tables that have one purpose. */
export interface TableGroup {
  title: string
  /** What they are for, in a sentence. */
  about: string
  tables: Table[]
}

/** Every table that the migrations make, in the order that data flows. */
export const tableGroups: TableGroup[] = [
  {
    title: 'Staging',
    about: 'The files as they came; every load adds its rows, and an undo removes them.',
    tables: stagingTables,
  },
  {
    title: 'The star',
    about: 'What analysts ask questions of; a function of what is staged.',
    tables: models,
  },
  {
    title: 'The ledger',
    about: 'Which files were loaded, when and by whom.',
    tables: ledgerTables,
  },
]

/** The tables of all groups. */
export const documentedTables: Table[] = tableGroups.flatMap(({ tables }) => tables)
