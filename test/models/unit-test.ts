import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { CORE_SCHEMA, load } from 'js-yaml'
import type { Knex } from 'knex'
import { models } from '../../models/index'
import type { Model } from '../../models/model'
import { withSources } from '../../lib/warehouse/select'
import { quoteLiteral } from '../../lib/warehouse/tables'
import { formatTable } from '../../scripts/cli/table'
import { stagingTables } from '../../sources/index'
import { rowsOf } from '../warehouse'

type Value = string | number | boolean | null
type Row = Record<string, Value>

/** What is staged, and the rows that a model's table has then. */
export interface UnitTest {
  name: string
  /** Rows by staging table; a column that is not named has the file's default, or NULL. */
  given: Record<string, Row[]>
  /** Rows in any order; columns that none of them names are not compared. */
  expect: Row[]
}

/** A file of unit tests: the model's name, and `.yaml`. */
interface UnitTestFile {
  defaults?: Record<string, Row>
  unit_tests: UnitTest[]
}

/** The load of a row that names none. */
const firstLoad = '2018-11-01 00:00:00'

const staged = stagingTables.map(({ name }) => name)

/** The model that a file is about, and its tests. @throws Error for what it cannot mean */
export function readUnitTests(path: string): { model: Model; tests: UnitTest[] } {
  const file = basename(path)
  const refuse = (found: string, expected: string): never => {
    throw new Error(`${file}: ${found}: expected ${expected}`)
  }
  const knows = (value: object, place: string, known: string[]) => {
    for (const key of Object.keys(value))
      if (!known.includes(key)) refuse(`"${key}" in ${place}`, known.join(', '))
  }
  const model =
    models.find(({ name }) => `${name}.yaml` === file) ??
    refuse('the name is no model', models.map(({ name }) => `${name}.yaml`).join(', '))
  const read = load(readFileSync(path, 'utf8'), { schema: CORE_SCHEMA }) as UnitTestFile
  knows(read, 'the file', ['defaults', 'unit_tests'])
  const { defaults = {}, unit_tests } = read
  knows(defaults, 'defaults', staged)
  const tests = unit_tests.map(({ given, ...test }) => {
    knows(test, `"${test.name}"`, ['name', 'expect'])
    knows(given, `given of "${test.name}"`, staged)
    const filled = Object.entries(given).map(([table, rows]) => [
      table,
      rows.map((row) => ({ loaded_at: firstLoad, ...defaults[table], ...row })),
    ])
    return { ...test, given: Object.fromEntries(filled) as UnitTest['given'] }
  })
  return { model, tests }
}

/**
 * Builds the model, with what it reads, over the given rows; then has the latest of their loads taken back
 * and come again, its rows in the reverse order, as a refresh. Nothing of it stays.
 * @throws Error that shows the expected rows beside those that came out
 */
export async function runUnitTest(
  knex: Knex,
  model: Model,
  { given, expect }: UnitTest,
): Promise<void> {
  const needed = withSources([model.name], models)
  const chain = models.filter(({ name }) => needed.has(name))
  const transaction = await knex.transaction()
  try {
    for (const [table, rows] of Object.entries(given)) await insert(transaction, table, rows)
    for (const each of chain) await each.up(transaction)
    await compare(transaction, model, expect, 'built as a whole')

    const latest = Object.values(given)
      .flatMap((rows) => rows.map(({ loaded_at }) => String(loaded_at)))
      .reduce((one, other) => (one > other ? one : other), firstLoad)
    const loadPredicate = `loaded_at = ${quoteLiteral(latest)}`
    await capture(transaction, chain, { loadPredicate, came: false })
    for (const table of Object.keys(given))
      await transaction.raw(`delete from ${table} where ${loadPredicate}`)
    await refresh(transaction, chain)
    for (const [table, rows] of Object.entries(given)) {
      const again = rows.filter(({ loaded_at }) => loaded_at === latest)
      await insert(transaction, table, again.toReversed())
    }
    await capture(transaction, chain, { loadPredicate, came: true })
    await refresh(transaction, chain)
    await compare(transaction, model, expect, 'refreshed by a load')
  } finally {
    await transaction.rollback()
  }
}

async function insert(knex: Knex, table: string, rows: Row[]): Promise<void> {
  if (rows.length === 0) return
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const complete = rows.map((row) =>
    Object.fromEntries(columns.map((column) => [column, trimmed(row[column])])),
  )
  await knex(table).insert(complete)
}

// As COPY stages it: TRIMBLANKS.
function trimmed(value: Value | undefined): Value {
  return typeof value === 'string' ? value.replace(/ +$/, '') : (value ?? null)
}

async function capture(
  knex: Knex,
  chain: Model[],
  change: { loadPredicate: string; came: boolean },
): Promise<void> {
  for (const model of chain)
    for (const through of model.from) await model.captureAffected(knex, through, change)
}

async function refresh(knex: Knex, chain: Model[]): Promise<void> {
  for (const model of chain) {
    const affected = await model.affected(knex)
    if (affected) await model.refresh(knex, affected)
  }
  for (const model of chain) await model.discardAffected(knex)
}

async function compare(knex: Knex, model: Model, expected: Row[], how: string): Promise<void> {
  const named = Object.keys(model.columns).filter((column) => expected.some((row) => column in row))
  const unknown = expected.flatMap((row) => Object.keys(row)).find((name) => !named.includes(name))
  if (unknown) throw new Error(`${model.name} has no column "${unknown}", which is expected of it`)
  const columns = named.length > 0 ? named : Object.keys(model.columns)
  const got = (await rowsOf(knex, `select * from ${model.name}`)) as Row[]
  const [left, right] = [expected, got].map((rows) => linesOf(columns, rows))
  if (left!.join('\n') === right!.join('\n')) return
  throw new Error(`${model.name}, ${how}:\n${sideBySide(columns, expected, got)}`)
}

const text = (value: Value | undefined) =>
  value === null || value === undefined ? 'NULL' : JSON.stringify(String(value))

function linesOf(columns: string[], rows: Row[]): string[] {
  return rows.map((row) => columns.map((column) => text(row[column])).join(' ')).sort()
}

function sideBySide(columns: string[], expected: Row[], got: Row[]): string {
  const [left = [], right = []] = [expected, got].map((rows) => {
    const cells = rows
      .map((row) => columns.map((column) => text(row[column])))
      .sort((one, other) => (one.join(' ') < other.join(' ') ? -1 : 1))
      .map((values) => Object.fromEntries(columns.map((column, i) => [column, values[i]!])))
    return formatTable(columns, cells).split('\n')
  })
  left.unshift('expected')
  right.unshift('got')
  const width = Math.max(...left.map((line) => line.length))
  const lines = Array.from({ length: Math.max(left.length, right.length) }, (_, i) =>
    `${(left[i] ?? '').padEnd(width)}  │  ${right[i] ?? ''}`.trimEnd(),
  )
  return lines.join('\n')
}
