import type { Knex } from 'knex'
import { models } from '../../models/index'
import { startTime } from '../../models/songplays'
import { originsOfModel } from '../lineage/origins'
import type { Origin } from '../lineage/query-columns'
import { staleText } from '../load/freshness'
import { expectTables, listLoads, type Load } from '../load/ledger'
import { documentedTables, type TableGroup, tableGroups } from '../load/tables'
import type { Ask, Excerpt } from '../questions/answer'
import type { Question } from '../questions/question'
import { tablesReadBy } from '../questions/dependencies'
import { askingIn, inSameState, mapAtOnce } from '../questions/side-by-side'
import { countRows } from '../warehouse/connect'
import { readTableDesigns, type Table, type TableDesign } from '../warehouse/tables'
import { anchorOf } from './html'
import { type Pulse, readPulse } from './pulse'

/** All that the report says, as of one moment. */
export interface Content {
  /** When it was read, UTC, as ISO 8601 writes it. */
  readAt: string
  summary: Summary
  answered: Answered[]
  tables: LiveTable[]
  lineage: LineageNode[]
}

export interface Answered {
  question: Question
  /** The first rows of its answer. */
  answer: Excerpt
}

/** Rows of an answer that are kept: more than a picture can show. */
const rowsKept = 1000

/**
 * Reads what the report says, of one state of the warehouse, so that its figures agree with each other.
 * @param of the transaction to read in, and how its questions are asked
 * @throws UsageError for a warehouse without tables, and with file and line for a fault in a question
 */
export async function readContent(
  knex: Knex,
  questions: Question[],
  of?: { transaction: Knex; ask: Ask },
): Promise<Content> {
  await expectTables(knex, 'a report')
  const lineage = await lineageOf(questions)
  const read = async (transaction: Knex, ask: Ask) => {
    const readAt = new Date().toISOString()
    const tables = await readTables(transaction)
    const summary = await readSummary(transaction, tables)
    return {
      readAt,
      summary,
      answered: await askAll(ask, questions),
      tables,
      lineage,
    }
  }
  if (of) return read(of.transaction, of.ask)
  return inSameState(knex, (transactions) => read(transactions[0]!, askingIn(transactions)))
}

async function askAll(ask: Ask, questions: Question[]): Promise<Answered[]> {
  return mapAtOnce(questions, async (question) => ({
    question,
    answer: await ask(question, rowsKept),
  }))
}

/** What the warehouse holds, and how fresh it is. Times are UTC, null where there is nothing. */
export interface Summary {
  plays: number
  users: number
  songs: number
  artists: number
  /** How listening went. */
  pulse: Pulse
  /** When the latest event happened, of any page. */
  latestEvent: string | null
  /** Sources whose latest event or file is too old, in words. */
  stale: string[]
  /** The latest load that is not undone. */
  latestLoad: Load | undefined
  /** The latest loads, the latest first. */
  loads: Load[]
  /** How many there are, undone ones included. */
  allLoads: number
}

const loadsShown = 5

/** Reads what the warehouse holds. @param live its tables, with their rows counted */
async function readSummary(knex: Knex, live: LiveTable[]): Promise<Summary> {
  const { rows } = await knex.raw<{ rows: { latest_event: string | null }[] }>(`
    select ${startTime} as latest_event
    from (select max(ts) as ts from staging_events) as latest`)
  const latestEvent = rows[0]!.latest_event
  const loads = await listLoads(knex)
  const rowsOf = (name: string) => live.find(({ table }) => table.name === name)?.rows ?? 0
  return {
    plays: rowsOf('songplays'),
    users: rowsOf('users'),
    songs: rowsOf('songs'),
    artists: rowsOf('artists'),
    pulse: await readPulse(knex, latestEvent),
    latestEvent,
    stale: await staleText(knex),
    latestLoad: loads.find(({ state }) => state === 'loaded'),
    loads: loads.slice(0, loadsShown),
    allLoads: loads.length,
  }
}

/** A documented table, and what the warehouse has of it. */
export interface LiveTable {
  group: TableGroup
  table: Table
  design: TableDesign
  rows: number
  /** What the columns of a model are computed from, by their names. */
  origins: Record<string, Origin>
}

/** Reads the documented tables that the warehouse has, in the order of their groups. */
async function readTables(knex: Knex): Promise<LiveTable[]> {
  const designs = await readTableDesigns(knex)
  const live: LiveTable[] = []
  for (const group of tableGroups) {
    for (const table of group.tables) {
      const design = designs.get(table.name)
      if (!design) continue
      const model = models.find(({ name }) => name === table.name)
      const origins = model ? await originsOfModel(model) : {}
      live.push({ group, table, design, rows: await countRows(knex, table.name), origins })
    }
  }
  return live
}

/** What data flows from and through: files named by a setting, tables, questions. */
export interface LineageNode {
  /** Where the page tells of it: table-songplays, question-most_played_songs. */
  id: string
  kind: 'files' | 'table' | 'question'
  title: string
  /** The ids of what it is made from. */
  from: string[]
  /** 0 for files; else one behind the last that it is made from, and the questions behind all. */
  column: number
}

/** What is made from what, from the files to the questions, as tables and questions declare it. */
export async function lineageOf(questions: Question[]): Promise<LineageNode[]> {
  const nodes: LineageNode[] = []
  const add = (kind: LineageNode['kind'], name: string, title: string, from: string[]) => {
    const sources = nodes.filter((node) => node.kind !== 'question' && from.includes(node.title))
    const column = 1 + Math.max(-1, ...sources.map((source) => source.column))
    nodes.push({ id: anchorOf(kind, name), kind, title, from: sources.map(({ id }) => id), column })
  }
  const tables = documentedTables.filter(({ from }) => from !== undefined)
  const names = tables.map(({ name }) => name)
  const files = new Set(
    tables.flatMap(({ from = [] }) => from).filter((name) => !names.includes(name)),
  )
  for (const name of files) add('files', name, name, [])
  for (const { name, from = [] } of tables) add('table', name, name, from)
  for (const question of questions) {
    add('question', question.name, question.title, await tablesReadBy(question))
  }
  const last =
    1 + Math.max(...nodes.filter(({ kind }) => kind === 'table').map(({ column }) => column))
  return nodes.map((node) => (node.kind === 'question' ? { ...node, column: last } : node))
}
