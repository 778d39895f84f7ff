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
      state: ['varchar(16)', 'loaded, undone, or reloaded: a later load replaced all its files'],
      files: ['integer', 'how many files it staged, without those that a later load replaced'],
      bytes: ['bigint', 'the size of those files, as they are stored'],
      staged: ['bigint', 'rows that those files staged'],
      changed: ['varchar(4096)', 'rows written per table of the star, as JSON'],
      audits: ['integer', 'how many audits passed'],
      user_name: ['varchar(256)', 'who ran it'],
      host_name: ['varchar(256)', 'the machine that it was run on'],
      max_errors: ['integer', 'bad rows that a COPY was to skip; NULL where it was not noted'],
      rejected: ['bigint', 'bad rows that its COPYs skipped; NULL where it was not noted'],
      removed: ['varchar(4096)', 'rows removed per table of the star, as JSON, or NULL'],
      audited: ['varchar(65535)', 'names of the audits that passed, by table, as JSON, or NULL'],
      warned: ['varchar(65535)', 'what audits warned of, as JSON; NULL where it was not noted'],
    },
  },
  {
    name: 'load_files',
    grain: 'one row per file that a load staged, and one per file that is in quarantine',
    key: ['table_name', 'url', 'state'],
    columns: {
      url: ['varchar(2048)', 'the file: s3://bucket/key'],
      etag: ['varchar(256)', 'changes with its content, as S3 gives it'],
      size: ['bigint', 'its bytes, as it is stored'],
      table_name: ['varchar(128)', 'the staging table'],
      loaded_at: ['timestamp', 'the load: loads.loaded_at; or the run that put it in quarantine'],
      state: ['varchar(16)', 'loaded, or quarantined until it changes'],
      reason: ['varchar(1024)', 'why it is in quarantine; NULL where it is not'],
    },
  },
  {
    name: 'load_files_replaced',
    grain:
      'one row per file of load_files that a load replaced by a newer one of its name, until that load is undone',
    key: ['table_name', 'url', 'replaced_by'],
    columns: {
      url: ['varchar(2048)', 'the file: s3://bucket/key'],
      etag: ['varchar(256)', 'as it was when it was loaded'],
      size: ['bigint', 'its bytes, then'],
      table_name: [
        'varchar(128)',
        'the staging table; its former rows are in <table_name>_replaced',
      ],
      loaded_at: ['timestamp', 'the load that it was of: loads.loaded_at'],
      replaced_by: ['timestamp', 'the load that replaced it: loads.loaded_at'],
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
      built_at: ['timestamp', 'when it was built as a whole, UTC; NULL where it was not noted'],
    },
  },
  {
    name: 'audit_rows',
    grain: 'one row per row for which an audit did not hold, where these were to be kept',
    columns: {
      audited_at: ['timestamp', 'when the audit ran, UTC'],
      loaded_at: [
        'timestamp',
        'the load that was audited: loads.loaded_at, where it was not refused; or the latest one',
      ],
      table_name: ['varchar(128)', 'the table'],
      audit: ['varchar(1024)', 'what does not hold of it'],
      severity: ['varchar(8)', 'error, or warn'],
      offender: ['varchar(65535)', 'the row that the audit gave, as JSON'],
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
