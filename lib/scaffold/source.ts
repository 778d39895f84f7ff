import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import type { Knex } from 'knex'
import { s3Location } from '../../object-store/store'
import { sourceSettings } from '../../sources/index'
import { onEmptyTables } from '../load/look-ahead'
import { settingsOf } from '../warehouse/connect'
import { UsageError } from '../warehouse/errors'
import { dataSettings, faultOfForm, projectFolder, s3Setting } from '../warehouse/settings'
import {
  camel,
  type Draft,
  encodingOf,
  migrationFile,
  migrationText,
  quoted,
  type Scaffold,
  sentence,
} from './draft'
import { refuseName } from './names'
import { accepted, tableColumns } from './query'
import { columnsOfSample, type FileColumn } from './sample'
import { valueOf } from './unit-test'

interface Wishes {
  /** Without staging_, or with it. */
  name: string
  /** A file as those that are to come. */
  sample: string | undefined
  /** As CREATE TABLE has them. */
  columns: string | undefined
  grain: string | undefined
  /** Where the files are on the local Redshift. */
  data: string | undefined
}

/** What a new source is, as its files say it. */
interface NewSource {
  /** What its files are called in a word. */
  stem: string
  table: string
  columns: FileColumn[]
  grain: string
  /** The s3:// URL of its folder. */
  from: string
  /** That of its JSONPaths file, where the names of the columns are not the keys. */
  jsonPaths: string | undefined
}

/** The migration, the declaration, its test, the seed, and a file to stage. */
export async function scaffoldSource(knex: Knex, wishes: Wishes): Promise<Scaffold> {
  const stem = wishes.name.replace(/^staging_/, '')
  const table = `staging_${stem}`
  refuseName('source', table)
  // Not into the bucket of the sample data, which is made where there is none.
  const from = (wishes.data ?? `s3://sparkify-sources/${stem}_data`).replace(/\/+$/, '')
  refuseSettings(stem, table, from)
  const given = await givenColumns(wishes)
  const declared = given.map(({ name, type }) => `${name} ${type}`).join(', ')
  const columns = await checkedColumns(knex, wishes.columns ?? declared, given)
  const hasOwnKeys = columns.some(({ name, key }) => name !== key)
  const source: NewSource = {
    ...{ stem, table, columns, from },
    grain: wishes.grain ?? 'one row per record, as the JSON has it',
    jsonPaths: hasOwnKeys ? `${from.replace(/\/[^/]*$/, '')}/${stem}_json_path.json` : undefined,
  }
  const data = dataDrafts(settingsOf(knex).LOCAL_BUCKETS, source, wishes.sample)
  const names = settingNames(stem)
  return {
    drafts: [
      ...data,
      {
        path: migrationFile(table),
        text: migrationText(table, source.grain, createStatement(source)),
      },
      { path: join('sources', `${table}.ts`), text: sourceText(source) },
      { path: join('test', 'sources', `${table}.test.ts`), text: testText(source) },
      { path: join('seeds', `${placeOfSeed()}_${table}.ts`), text: seedText(source) },
    ],
    columns: columns.map(({ name, type }) => ({ name, type })),
    notes: [
      `Its files are those below ${from}; in production ${names.data} has to say where they are.`,
      ...(wishes.sample === undefined && data.length > 0
        ? [`${data[0]!.path} has a made-up record: put your files in its place.`]
        : []),
      ...(source.jsonPaths
        ? [`Its JSONPaths file is ${source.jsonPaths}; there, what ${names.jsonPaths} says.`]
        : []),
      `What its columns mean is to be said in sources/${table}.ts.`,
    ],
    next: [`npx mocha test/sources/${table}.test.ts`, 'npx sparkify run', 'npm run docs'],
  }
}

function settingNames(stem: string) {
  const name = stem.toUpperCase()
  return { data: `${name}_DATA`, jsonPaths: `${name}_JSONPATH` }
}

function refuseSettings(stem: string, table: string, from: string): void {
  const { data } = settingNames(stem)
  const isOwn = existsSync(join(projectFolder, 'sources', `${table}.ts`))
  const isTaken = [...sourceSettings, ...dataSettings].some(({ name }) => name === data)
  if (isTaken && !isOwn)
    throw new UsageError(
      `"${stem}" cannot be the name of a new source: there is a setting ${data} already.`,
    )
  const form = s3Setting({ name: '--data', expected: 'the s3:// URL of a folder', sample: from })
  const fault = faultOfForm(form, from)
  if (fault) throw new UsageError(`${fault}.`)
}

async function givenColumns({ sample, columns }: Wishes): Promise<FileColumn[]> {
  if (columns !== undefined || sample === undefined) return []
  return columnsOfSample(sample)
}

/** The columns as the server takes them. @throws UsageError in its words for what it does not take */
async function checkedColumns(
  knex: Knex,
  declared: string,
  given: FileColumn[],
): Promise<FileColumn[]> {
  const create = 'create table scaffold_columns ('
  const asked = {
    file: given.length > 0 ? '--sample' : '--columns',
    sql: declared,
    lines: { sql: 1 },
  }
  const columns = await onEmptyTables(knex, async (transaction, schema) => {
    const statement = `${create}${declared}\n)`.replaceAll('?', '\\?')
    await accepted(asked, create.length, () => transaction.raw(statement))
    return tableColumns(transaction, schema, 'scaffold_columns')
  })
  const strange = columns.find(
    ({ name }) => !/^[a-z_][a-z\d_]*$/.test(name) || name === 'loaded_at',
  )
  if (strange)
    throw new UsageError(
      `${asked.file}: "${strange.name}" cannot be the name of a column: lower-case letters, digits and _ are ` +
        'expected, and loaded_at is in every source.',
    )
  return columns.map(({ name, type }) => ({
    name,
    type,
    key: given.find((each) => each.name === name)?.key ?? name,
  }))
}

/** A first file below the folder of the bucket, unless there is one; and the JSONPaths file. */
function dataDrafts(buckets: string, source: NewSource, sample: string | undefined): Draft[] {
  const placeOf = (url: string) => {
    const { bucket, key } = s3Location(url)
    return relative(projectFolder, join(buckets, bucket, key))
  }
  const folder = placeOf(source.from)
  const made = join(folder, 'made_up.json')
  const paths = source.columns.map(({ key }) => `$[${quoted(key)}]`.replaceAll('"', "'"))
  const isFilled =
    existsSync(resolve(projectFolder, folder)) &&
    readdirSync(resolve(projectFolder, folder)).some((name) => name !== basename(made))
  const isThere = sample !== undefined && resolve(sample).startsWith(resolve(projectFolder, folder))
  const file: Draft[] =
    sample !== undefined && !isThere
      ? [{ path: join(folder, basename(sample)), text: readFileSync(sample, 'utf8'), isData: true }]
      : sample !== undefined || isFilled
        ? []
        : [{ path: made, text: `${JSON.stringify(madeUp(source))}\n`, isData: true }]
  const text = `${JSON.stringify({ jsonpaths: paths }, null, 2)}\n`
  const jsonPaths: Draft[] = source.jsonPaths
    ? [{ path: placeOf(source.jsonPaths), text, isData: true }]
    : []
  return [...file, ...jsonPaths]
}

function madeUp({ columns }: NewSource): Record<string, unknown> {
  return Object.fromEntries(columns.map(({ key, type }) => [key, valueOf(type)]))
}

function createStatement({ table, columns }: NewSource): string {
  const wide = Math.max('loaded_at'.length, ...columns.map(({ name }) => name.length))
  const typeWide = Math.max(...columns.map(({ type }) => type.length))
  const lines = columns.map(
    ({ name, type }) =>
      `  ${name.padEnd(wide)} ${type.padEnd(typeWide)} encode ${encodingOf(type)}`,
  )
  return `create table ${table} (
${lines.join(',\n')},
  ${'loaded_at'.padEnd(wide)} timestamp not null default sysdate encode raw
)
diststyle even        -- read as a whole, or by load
sortkey (loaded_at)   -- the rows of one load are found without reading the others`
}

function sourceText({ stem, table, columns, grain, from, jsonPaths }: NewSource): string {
  const names = settingNames(stem)
  const words = stem.replaceAll('_', ' ')
  const setting = (name: string, expected: string, sample: string) =>
    `{ name: ${quoted(name)}, expected: ${quoted(expected)}, sample: ${quoted(sample)} }`
  const folder = `the s3:// URL of a folder of files of ${words}, s3://bucket/${stem}_data`
  const file = `the s3:// URL of the JSONPaths file of ${words}, s3://bucket/${stem}_json_path.json`
  const paths = jsonPaths ? `jsonPaths: ${setting(names.jsonPaths, file, jsonPaths)},` : ''
  const lines = columns.map(
    ({ name, type, key }) =>
      `${name}: [${quoted(type)}, ${quoted(`${key}, as the files have it`)}],`,
  )
  const keys = jsonPaths
    ? 'The columns are in the order of the JSONPaths file.'
    : 'The names of the columns are the keys of the files.'
  return `import { staging } from './source'

/** ${sentence(grain)}. ${keys} */
export default staging({
  name: ${quoted(table)},
  grain: ${quoted(grain)},
  data: ${setting(names.data, folder, from)},
  ${paths}
  columns: {
${lines.join('\n')}
  },
})
`
}

/** Behind what is staged already, before the star. */
function placeOfSeed(): string {
  const seeds = readdirSync(join(projectFolder, 'seeds')).sort()
  return /^\d+/.exec(seeds.findLast((file) => /^\d+_staging_/.test(file)) ?? '')?.[0] ?? '02'
}

function seedText({ stem, table }: NewSource): string {
  return `import type { Knex } from 'knex'
import { beginLoad } from '../lib/load/ledger'
import { stage } from '../lib/load/stage'
import ${camel(table)} from '../sources/${table}'

/** Stages the files of ${stem.replaceAll('_', ' ')} that are new. */
export async function seed(knex: Knex): Promise<void> {
  await beginLoad(knex)
  await stage(knex, ${camel(table)})
}
`
}

function testText(source: NewSource): string {
  const { table, columns, from, jsonPaths } = source
  const { bucket, key } = s3Location(from)
  const values = columns.map(({ name, type }) => `${name}: ${JSON.stringify(valueOf(type))}`)
  const paths = columns.map((column) => `$['${column.key}']`)
  const write = jsonPaths
    ? `
    writeFileSync(
      join(folder, '..', ${quoted(basename(jsonPaths))}),
      ${quoted(JSON.stringify({ jsonpaths: paths }))},
    )`
    : ''
  const names = columns.map(({ name }) => name).join(', ')
  return `import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { stage } from '../../lib/load/stage'
import ${camel(table)} from '../../sources/${table}'
import { rowsOf, useWarehouse } from '../warehouse'

describe('${table}', () => {
  const warehouse = useWarehouse()

  it('has a row for each record', async () => {
    const folder = join(warehouse.buckets, ${quoted(`${bucket}/${key}`)})
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'records.json'), ${quoted(JSON.stringify(madeUp(source)))})${write}
    await warehouse.knex.transaction((transaction) => stage(transaction, ${camel(table)}))
    const rows = await rowsOf(warehouse.knex, ${quoted(`select ${names} from ${table}`)})
    expect(rows).to.deep.equal([{ ${values.join(', ')} }])
  })
})
`
}
