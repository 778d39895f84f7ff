import { models } from '../../models/index'
import { stagingTables } from '../../sources/index'
import type { Table } from '../warehouse/tables'

/** What is remembered of loads, and what keeps them one at a time. */
const ledgerTables: Table[] = [
  {
    name: 'loads',
    grain: 'one row per load that was published, also when it was undone later',
    key: ['loaded_at'],
    columns: {
      loaded_at: ['timestamp', 'names the load: its rows in staging bear it; when it began, UTC'],
      finished_at: ['timestamp', 'when all but its commit was done, UTC'],
      state: ['varchar(16)', 'loaded, undone, or reloaded by a later load'],
      files: ['integer', 'how many files it staged'],
      bytes: ['bigint', 'the size of those files, as they are stored'],
      staged: ['bigint', 'rows that COPY wrote'],
      changed: ['varchar(4096)', 'rows written per table of the star, as JSON'],
      audits: ['integer', 'how many audits passed'],
      user_name: ['varchar(256)', 'who ran it'],
      host_name: ['varchar(256)', 'the machine that it was run on'],
    },
  },
  {
    name: 'load_files',
    grain: 'one row per file that a load staged, or put in quarantine',
    key: ['table_name', 'url'],
    columns: {
      url: ['varchar(2048)', 'the file: s3://bucket/key'],
      etag: ['varchar(256)', 'changes with its content, as S3 gives it'],
      size: ['bigint', 'its bytes, as it is stored'],
      table_name: ['varchar(128)', 'the staging table'],
      loaded_at: ['timestamp', 'the load: loads.loaded_at'],
      state: ['varchar(16)', 'loaded, or quarantined until it changes'],
      reason: ['varchar(1024)', 'why it is in quarantine; NULL where it is not'],
    },
  },
  {
    name: 'model_fingerprints',
    grain: 'one row per model that is built, as it was declared when its table was last built',
    key: ['model'],
    columns: {
      model: ['varchar(128)', 'the model, and so its table'],
      query: ['varchar(64)', 'hash of the tokens of the query that the table was built by'],
      own_query: ['varchar(64)', 'hash of what the model itself says of it, without its helpers'],
      columns: ['varchar(65535)', 'names and types of its columns, as JSON'],
      key_columns: ['varchar(4096)', 'the columns of its key, as JSON'],
    },
  },
  {
    name: 'load_lock',
    grain: 'no rows: who loads or undoes locks it first, so that one does at a time',
    columns: { held: ['boolean', 'never written'] },
  },
]

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
    about: 'Which files were loaded, when and by whom, and by which models the star was built.',
    tables: ledgerTables,
  },
]

/** The tables of all groups. */
export const documentedTables: Table[] = tableGroups.flatMap(({ tables }) => tables)
