import type { Knex } from 'knex'
import { join } from 'node:path'
import { documentedTables } from '../load/tables'
import { onEmptyTables } from '../load/look-ahead'
import { models } from '../../models/index'
import { stagingTables } from '../../sources/index'
import { describe, isServerError, UsageError } from '../warehouse/errors'
import { atCondition, inLines, volatileWords } from './clauses'
import {
  camel,
  encodingOf,
  indented,
  migrationFile,
  migrationText,
  quoted,
  type Scaffold,
  sentence,
  templated,
} from './draft'
import { withModel } from './edit'
import { referenceOf, stagedKey } from './key'
import { refuseName } from './names'
import {
  accepted,
  columnsOf,
  faultOfPlaceholders,
  keyOf,
  type Query,
  type QueryColumn,
  readQuery,
  type RowWishes,
} from './query'
import { type Given, givenRows, stageGiven, unitTestText } from './unit-test'

/** What a new model is, as its files say it. */
interface NewModel {
  name: string
  query: Query
  columns: QueryColumn[]
  key: string[]
  grain: string
  /** The column by whose values it is refreshed, where one is a staged column. */
  staged: (NonNullable<ReturnType<typeof stagedKey>> & { by: string }) | undefined
}

/** The migration, the model, its unit test and its place in the order of building. */
export async function scaffoldModel(knex: Knex, wishes: RowWishes): Promise<Scaffold> {
  const { name, text, file } = wishes
  refuseName('model', name)
  const query = await readQuery(text, file)
  await refuseQuery(name, query)
  const [model, test] = await tryOut(knex, wishes, query)
  const { staged, columns } = model
  const refreshed = staged
    ? `A load refreshes the rows of each ${staged.by} that it stages.`
    : `Each load that affects ${query.reads.join(' or ')} builds it as a whole.`
  const modelFile = join('models', `${name}.ts`)
  return {
    drafts: [
      {
        path: migrationFile(name),
        text: migrationText(name, model.grain, createStatement(model)),
      },
      { path: modelFile, text: await modelText(model) },
      { path: join('test', 'models', `${name}.yaml`), text: test },
      {
        path: join('models', 'index.ts'),
        edit: (index) => withModel(index, name),
      },
    ],
    columns: columns.map((column) => ({ name: column.name, type: column.type })),
    notes: [
      refreshed,
      `What its columns mean, and what must hold of them, is to be said in ${modelFile}.`,
    ],
    next: [
      'npx knex migrate:latest',
      `npx sparkify model up ${name}`,
      `npx mocha test/models --grep ${name}`,
      'npm run docs',
    ],
  }
}

async function refuseQuery(name: string, query: Query): Promise<void> {
  const { file, sql, reads } = query
  const own = [...stagingTables, ...models].map((table) => table.name)
  const others = reads.filter((table) => !own.includes(table))
  const volatile = await volatileWords(sql)
  const faults = [
    ...(reads.length === 0 ? ['it reads no table: a model is made of what is staged'] : []),
    ...(reads.includes(name) ? [`it reads ${name}, the table that it is to fill`] : []),
    ...(others.length > 0 && !others.includes(name)
      ? [`${others.join(', ')} is of the ledger: a model reads staging tables and models`]
      : []),
    ...volatile.map(
      (word) => `${word} says another thing each time: a model says the same until rows come`,
    ),
    ...[faultOfPlaceholders(query)].filter((fault) => fault !== undefined),
  ]
  if (faults.length === 0) return
  throw new UsageError(faults.map((fault) => `${file}: ${fault}.`).join('\n'))
}

/**
 * Has the server make the table and fill it, from a row of each staging table or, where the query cannot
 * take these, from none.
 */
async function tryOut(knex: Knex, wishes: RowWishes, query: Query): Promise<[NewModel, string]> {
  const attempt = (isEmpty: boolean) =>
    onEmptyTables(knex, async (transaction, schema): Promise<[NewModel, string]> => {
      await refuseReserved(transaction, wishes.name)
      const model = await modelOf(transaction, schema, wishes, query)
      const given = isEmpty ? {} : await givenRows(transaction, schema, query)
      return [model, unitTestText(given, await rowsOf(transaction, model, given))]
    })
  try {
    return await attempt(false)
  } catch (error) {
    if (!isServerError(error) || !error.code.startsWith('22')) throw error
    return attempt(true)
  }
}

async function refuseReserved(knex: Knex, name: string): Promise<void> {
  try {
    await knex.raw(`create table scaffold_name (${name} integer)`)
  } catch (error) {
    if (!isServerError(error) || !error.code.startsWith('42')) throw error
    throw new UsageError(
      `"${name}" cannot be the name of a new model: it is a reserved word of Redshift (${describe(error)}).`,
      { cause: error },
    )
  }
}

async function modelOf(
  knex: Knex,
  schema: string,
  { name, key: asked, grain }: RowWishes,
  query: Query,
): Promise<NewModel> {
  const columns = await columnsOf(knex, schema, query)
  const key = keyOf(query, columns, asked)
  const there = models.find((model) => model.name === name)
  if (there && Object.keys(there.columns).join() !== columns.map((each) => each.name).join())
    throw new UsageError(
      `models/${name}.ts is there already, with columns that the query has not. Choose another name.`,
    )
  const found = [...key, ...columns.map((column) => column.name)].map((by) => {
    const staged = query.reads.length === 1 && stagedKey(query.select, by)
    return staged ? { ...staged, by } : undefined
  })
  const staged = found.find((each) => each !== undefined)
  return { name, query, columns, key, grain: grain ?? `one row per ${key.join(' and ')}`, staged }
}

async function rowsOf(
  knex: Knex,
  model: NewModel,
  given: Given,
): Promise<Record<string, unknown>[]> {
  const { name, query, columns } = model
  const isThere = documentedTables.some((table) => table.name === name)
  if (!isThere) {
    await knex.raw(`drop table if exists ${name}`) // of its own migration, where only that was written
    await accepted({ ...query, file: 'the table' }, Infinity, () =>
      knex.raw(createStatement(model)),
    )
  }
  await stageGiven(knex, query, given)
  const into = `insert into ${name} (${columns.map((column) => column.name).join(', ')})\n`
  await knex.raw(into + query.sql)
  return (await knex.raw<{ rows: Record<string, unknown>[] }>(`select * from ${name}`)).rows
}

function createStatement({ name, columns, key, staged }: NewModel): string {
  const by = staged?.by ?? key[0]!
  const wide = Math.max(...columns.map((column) => column.name.length))
  const typeWide = Math.max(...columns.map((column) => column.type.length))
  const lines = columns.map(
    (column) =>
      `  ${column.name.padEnd(wide)} ${column.type.padEnd(typeWide)} encode ` +
      (column.name === by ? 'raw' : encodingOf(column.type)),
  )
  const sort = `sortkey (${by})`
  return `create table ${name} (
${lines.join(',\n')}
)
${'diststyle auto'.padEnd(sort.length)}  -- Redshift chooses by its size
${sort.padEnd('diststyle auto'.length)}  -- refreshed by it`
}

async function modelText(model: NewModel): Promise<string> {
  const { name, columns, key, grain, staged } = model
  const meanings = columns.map(
    (column) => `${column.name}: [${quoted(column.type)}, ${quoted(column.meaning)}],`,
  )
  return `import { ${staged ? '' : 'everyKey, '}model } from './model'

/** ${sentence(grain)}. */
export const ${name} = model({
  name: ${quoted(name)},
  grain: ${quoted(grain)},
  key: [${key.map(quoted).join(', ')}],
  columns: {
${meanings.join('\n')}
  },
  refreshKey: ${quoted(staged?.by ?? key[0]!)},
  ${await rowsText(model)}
  audits: [],
})
`
}

async function rowsText({ query, staged }: NewModel): Promise<string> {
  const sql = await inLines(query.sql)
  if (!staged) {
    const through = query.reads.map((table) => `${table}: everyKey`)
    return `affectedKeys: { ${through.join(', ')} },
  rows: () => \`
${templated(indented(sql, 4))}\`,`
  }
  const { table, column, by, hasValue } = staged
  const [before, after] = await atCondition(sql)
  const narrowing = `\${scope.keys('${referenceOf(query.select, by)}')}`
  const condition = hasValue ? ` and ${column} is not null` : ''
  return `affectedKeys: {
    ${table}: (loadPredicate) =>
      \`select distinct ${column} from ${table} where \${loadPredicate}${condition}\`,
  },
  rows: (scope) => \`
${templated(indented(before, 4))}${narrowing}${templated(indented(after, 4))}\`,
  record: { source: '${table}', key: ${quoted(keyInFiles(table, column))}, value: (row) => row.${by} },`
}

/** The key of a column's values in the JSON: its own name, or what JSONPaths files name it by. */
function keyInFiles(table: string, column: string): string {
  const hasPaths = stagingTables.find(({ name }) => name === table)?.jsonPaths !== undefined
  return hasPaths ? camel(column) : column
}
