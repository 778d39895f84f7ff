import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect } from 'chai'
import type { Knex } from 'knex'
import { diagnose } from '../../../lib/doctor/diagnose'
import { type Diagnosis, formatDiagnoses } from '../../../lib/doctor/finding'
import { silentFaults } from '../../../lib/doctor/silent'
import { rowsOf, type TestWarehouse, useWarehouse } from '../../warehouse'
import { type InjectedFault, faults } from './faults'
import { event, putFile, putGoodFiles, song } from './files'
import {
  again,
  type Follow,
  migrate,
  remove,
  missingTools,
  run,
  snippetIn,
  statementsIn,
} from './follow'
import { failureOf, load } from './run-load'

const tables = ['staging_events', 'staging_songs', 'songplays', 'loads', 'load_files']

/** A column that a COPY fails on, and the remedy that makes it succeed. */
interface RefusedValue {
  type: string
  value: unknown
  code: number
  needed?: string
  /** What the remedy is: an option where nothing is said. */
  kind?: 'migration' | 'line'
  /** A row that is there before, and has to stay as it is. */
  before?: string
  /** As it is written where the remedy leaves it open. */
  supplied?: string
}

const refusedValues: RefusedValue[] = [
  ...(
    [
      { type: 'varchar(4)', value: 'größer', code: 1204, needed: 'varchar(8)', before: 'abcd' },
      { type: 'varchar(4) not null', value: 'large', code: 1204, needed: 'varchar(5)' },
      { type: 'char(4)', value: 'larger', code: 1204, needed: 'varchar(6)', before: 'abcd' },
      { type: 'char(4) not null', value: 'larger', code: 1204, needed: 'varchar(6)' },
      { type: 'char(8)', value: 'né', code: 1220, needed: 'varchar(8)', before: 'abcdefgh' },
      { type: 'char(4) not null', value: 'né', code: 1220, needed: 'varchar(4)' },
      { type: 'numeric(5, 2)', value: '123456.789', code: 1204, needed: 'numeric(38, 3)' },
      {
        type: 'numeric(5, 2) not null',
        value: 123456,
        code: 1204,
        needed: 'numeric(38, 2)',
        before: '123.45',
      },
      { type: 'numeric(37, 32)', value: '1234567.5', code: 1204, needed: 'double precision' },
      { type: 'real', value: 1e200, code: 1204, needed: 'double precision', before: '0.5' },
      { type: 'real not null', value: 1e200, code: 1204, needed: 'double precision' },
      { type: 'smallint', value: 70000, code: 1222, needed: 'integer', before: '-7' },
      { type: 'smallint not null', value: 3e9, code: 1222, needed: 'bigint' },
      { type: 'integer not null', value: 3e9, code: 1222, needed: 'bigint', before: '-7' },
      { type: 'integer', value: '9'.repeat(20), code: 1222, needed: 'numeric(38, 0)' },
      { type: 'bigint not null', value: '9'.repeat(20), code: 1222, needed: 'numeric(38, 0)' },
      { type: 'integer', value: 1.5, code: 1207, needed: 'double precision', before: '7' },
      { type: 'integer not null', value: 1.5, code: 1207, needed: 'double precision' },
      {
        type: 'bigint not null',
        value: 1.5,
        code: 1207,
        needed: 'numeric(38, 1)',
        before: '9007199254740993',
      },
    ] satisfies RefusedValue[]
  ).map((value) => ({ ...value, kind: 'migration' as const })),
  { type: 'timestamp', value: 1541106106796, code: 1206 },
  { type: 'timestamp', value: '1541106106', code: 1206 },
  { type: 'timestamp', value: '2018-11-01T21:01:46Z', code: 1206 },
  { type: 'timestamp', value: '01.11.2018 21:01:46', code: 1206 },
  { type: 'timestamp', value: '1.11.2018 21:01', code: 1206 },
  { type: 'timestamp', value: '30/11/2018T21:01:46.5', code: 1206 },
  { type: 'timestamp', value: 'Nov 1, 2018 9:01 PM', code: 1206 },
  { type: 'date', value: '11/30/2018', code: 1205 },
  { type: 'date', value: '30/11/2018', code: 1205 },
  { type: 'date', value: '1.11.2018', code: 1205 },
  { type: 'date', value: '30-Nov-2018', code: 1205 },
  { type: 'date', value: '20181130', code: 1205 },
  { type: 'varchar(9)', value: 'a\ud800b', code: 1220 },
  ...(
    [
      { type: 'integer', value: 'many', code: 1207 },
      { type: 'bigint', value: '9'.repeat(40), code: 1222 },
      { type: 'integer not null', value: '9'.repeat(40), code: 1222, supplied: '7' },
      { type: 'boolean', value: 'maybe', code: 1210 },
      { type: 'boolean not null', value: 'maybe', code: 1210 },
      { type: 'boolean not null', value: null, code: 1213, supplied: 'false' },
      { type: 'timestamp', value: 'yesterday', code: 1206 },
      { type: 'timestamp', value: '2018-13-01 00:00:00', code: 1206 },
      {
        type: 'timestamp not null',
        value: 'yesterday',
        code: 1206,
        supplied: '"2018-11-01 21:01:46"',
      },
      { type: 'date', value: '31.31.2018', code: 1205 },
      { type: 'date not null', value: 'yesterday', code: 1205, supplied: '"2018-11-01"' },
    ] satisfies RefusedValue[]
  ).map((value) => ({ ...value, kind: 'line' as const })),
]

describe('the doctor', () => {
  const warehouse = useWarehouse()

  afterEach(() => warehouse.knex.raw('drop table if exists scratch'))

  describe('a load that meets', () => {
    for (const fault of faults.filter((each) => !changesTable(each))) {
      for (const [way, follow] of fault.follow.entries()) {
        const title = `${fault.name} says where and what to do, which loads`
        it(way > 0 ? `${title}, another way` : title, async function () {
          if (!(await sayAndFollow(fault, follow, warehouse))) this.skip()
        })
      }
    }
  })

  describe('what a COPY does silently', () => {
    beforeEach(() => warehouse.knex.raw('create table scratch (user_id integer, name varchar(4))'))

    it('a key in another spelling leaves its column empty', async () => {
      const found = await copied(warehouse, [{ userId: 7, name: 'Ada' }])
      expect(found).to.have.length(1)
      expect(found[0]).to.include({ column: 'user_id', count: 1 })
      expect(found[0]!.examples).to.deep.equal([
        { url: 's3://sparkify/scratch/1.json', line: 1, value: '7' },
      ])
      expect(found[0]!.remedy.snippet).to.equal(`"$['userId']"`)

      const { knex, buckets } = warehouse
      const paths = `{"jsonpaths": [${found[0]!.remedy.snippet}, "$['name']"]}`
      putFile(buckets, 'paths.json', paths)
      await copy(knex, '', 's3://sparkify/paths.json')
      expect(await rowsOf(knex, 'select user_id from scratch')).to.deep.include({ user_id: 7 })
    })

    it('a key in another case leaves its column empty, until COPY ignores case', async () => {
      const found = await copied(warehouse, [{ User_Id: 7, name: 'Ada' }])
      const [, json] = /^format json '(.*)'$/.exec(found[0]!.remedy.snippet!)!
      const { knex } = warehouse
      await copy(knex, '', json)
      expect(await rowsOf(knex, 'select user_id from scratch')).to.deep.include({ user_id: 7 })
    })

    it('TRUNCATECOLUMNS cuts texts', async () => {
      const found = await copied(warehouse, [{ user_id: 7, name: 'Größe' }], 'truncatecolumns')
      expect(found).to.have.length(1)
      expect(found[0]).to.include({ column: 'name', needed: 'varchar(7)' })
      expect(found[0]!.remedy.snippet).to.include('alter column name type varchar(7)')

      const { knex } = warehouse
      for (const sql of statementsIn(found[0]!.remedy.snippet!)) await knex.raw(sql)
      await copy(knex)
      expect(await rowsOf(knex, 'select name from scratch')).to.deep.include({ name: 'Größe' })
    })

    it('nothing is found where values are missing in the files, too, or just fit', async () => {
      expect(await copied(warehouse, [{ user_id: '', name: 'Anna' }])).to.deep.equal([])
    })
  })

  describe('a diagnosis', () => {
    it('is that there are no errors, where there are none', async () => {
      const diagnoses = await diagnose(warehouse.knex, { query: 999_999 })
      expect(diagnoses).to.deep.equal([])
      expect(formatDiagnoses(diagnoses)).to.equal('There are no errors of COPY.')
    })

    for (const { type, value, code, needed, kind, before, supplied } of refusedValues) {
      it(`of ${JSON.stringify(value)} in ${type} has a remedy that works`, async () => {
        const { knex, buckets } = warehouse
        const file = (written: string) => putFile(buckets, 'scratch/1.json', `{"a": ${written}}`)
        file(JSON.stringify(value))
        await knex.raw(`create table scratch (a ${type})`)
        if (before !== undefined) await knex('scratch').insert({ a: before })
        await failing(copy(knex))

        const { table, findings } = await diagnoseOne(knex)
        expect(table).to.equal('scratch')
        expect(findings).to.have.length(1)
        expect(findings[0]).to.include({ code, count: 1, column: 'a', ...(needed && { needed }) })
        expect(findings[0]!.examples[0]).to.include({
          url: 's3://sparkify/scratch/1.json',
          line: 1,
        })

        const snippet = findings[0]!.remedy.snippet!
        if (kind === 'migration') for (const sql of statementsIn(snippet)) await knex.raw(sql)
        if (kind === 'line') {
          const [, shown, instead] = /line 1: "a": (.*) {2}→ {2}"a": (.*)$/.exec(snippet)!
          expect(shown).to.equal(JSON.stringify(value))
          expect(instead === '…').to.equal(supplied !== undefined)
          file(supplied ?? instead!)
        }
        await copy(knex, kind ? '' : snippet)
        // Redshift casts no BOOLEAN to VARCHAR.
        const text = type.startsWith('boolean')
          ? "case when a then 'true' else 'false' end"
          : 'a::varchar'
        const rows = await rowsOf(knex, `select ${text} as a from scratch`)
        expect(rows).to.have.length(before === undefined ? 1 : 2)
        const kept = rows.map(({ a }) => String(a).replace(/\.0$/, ''))
        if (before !== undefined) expect(kept).to.include(before)
      })
    }

    it('of a boolean says what COPY takes for one', async () => {
      const { knex, buckets } = warehouse
      putFile(buckets, 'scratch/1.json', '{"a": "maybe"}')
      await knex.raw('create table scratch (a boolean)')
      await failing(copy(knex))
      const [finding] = (await diagnoseOne(knex)).findings
      const [, taken] = /COPY takes (.*) and null\./.exec(finding!.remedy.explanation)!
      const words = taken!.split(', ')
      const records = [...words, ...words.map((word) => JSON.stringify(word)), 'null']
        .filter((word) => !/^[a-z]/.test(word) || ['true', 'false', 'null'].includes(word))
        .map((word) => `{"a": ${word}}`)
      putFile(buckets, 'scratch/1.json', records.join('\n'))
      await copy(knex)
      expect(await rowsOf(knex, 'select a from scratch')).to.have.length(records.length)
    })

    it('of a boolean that is none shows the line to correct', async () => {
      const { knex, buckets } = warehouse
      putFile(buckets, 'scratch/1.json', '{"a": true}\n{"a": "maybe"}\n')
      await knex.raw('create table scratch (a boolean)')
      await failing(copy(knex))
      const [finding] = (await diagnoseOne(knex)).findings
      expect(finding).to.include({ code: 1210, column: 'a' })
      expect(finding!.remedy.snippet).to.equal(
        's3://sparkify/scratch/1.json, line 2: "a": "maybe"  →  "a": true',
      )
    })

    it('groups errors by column and code, and needs what the longest value needs', async () => {
      const { knex, buckets } = warehouse
      const values = ['abc', 'abcdefgh', 'abcdé'].map((a) => JSON.stringify({ a, b: 'x' }))
      putFile(buckets, 'scratch/1.json', values.join('\n'))
      putFile(buckets, 'scratch/2.json', '{"a": "a", "b": "none"}')
      await knex.raw('create table scratch (a varchar(2), b integer)')
      await copy(knex, 'maxerror 10')
      const { findings } = await diagnoseOne(knex)
      const shown = findings.map(({ column, code, count, declared, needed, examples }) => ({
        ...{ column, code, count, declared, needed },
        lines: examples.map(({ line }) => line),
      }))
      expect(shown).to.deep.equal([
        {
          ...{ column: 'a', code: 1204, count: 3 },
          declared: 'character varying(2)',
          needed: 'varchar(8)',
          lines: [1, 2, 3],
        },
        {
          ...{ column: 'b', code: 1207, count: 1, declared: 'integer', needed: undefined },
          lines: [1],
        },
      ])
    })

    it('of a column that stayed empty stands beside the audit that refuses it', async () => {
      const { knex, buckets } = warehouse
      putGoodFiles(buckets)
      putFile(buckets, 'song_data/A/good.json', song({ title: undefined, Title: 'A song' }))
      const { notices, message } = await failureOf(knex)
      expect(message).to.match(/1 audit failed/)
      expect(notices).to.match(/title is NULL in all 1 rows[^]*'auto ignorecase'/)
      expect(await rowsOf(knex, 'select * from staging_songs')).to.deep.equal([])
    })

    it('of a column that stayed empty in a load names the key that the files have', async () => {
      const { knex, buckets } = warehouse
      putGoodFiles(buckets)
      putFile(
        buckets,
        'song_data/A/good.json',
        song({ artist_location: undefined, Artist_Location: 'Paris' }),
      )
      putFile(buckets, 'song_data/A/empty.json', '')
      const notices = await load(knex)
      expect(notices).to.match(/artist_location is NULL in all 1 rows, and the files have values/)
      expect(notices)
        .to.match(/good.json, line 1: "Paris"/)
        .and.match(/'auto ignorecase'/)
      expect(notices).to.match(/The file is empty[^]*empty\.json/)

      const [{ loaded_at } = {}] = await rowsOf(knex, 'select loaded_at from loads')
      const { findings } = await diagnoseOne(knex, { loadedAt: String(loaded_at) })
      expect(findings.map(({ column }) => column)).to.deep.equal([undefined, 'artist_location'])
      await rejected(diagnose(knex, { loadedAt: '2001-01-01' }), /There is no load 2001-01-01/)

      putFile(buckets, 'song_data/A/empty.json', song({ song_id: 'SO2', artist_location: 'Rome' }))
      expect(findings[0]!.remedy.snippet).to.equal('sparkify run --reload')
      await load(knex, { reload: true })
      expect(await rowsOf(knex, 'select artist_location from staging_songs')).to.deep.equal([
        { artist_location: null },
        { artist_location: 'Rome' },
      ])
    })

    for (const compact of [false, true]) {
      const way = compact ? 'which is written again' : 'without which the files load'
      it(`of a damaged part of a compaction names it, ${way}`, async () => {
        const { knex, buckets } = warehouse
        await clear(knex)
        putGoodFiles(buckets)
        const damage = ({ sql }: { sql: string }) => {
          if (!sql.startsWith('copy staging_songs')) return
          for (const path of partsIn()) writeFileSync(path, readFileSync(path).fill(0xff, 20))
        }
        knex.on('query', damage)
        const { notices } = await failureOf(knex, { compact: true }).finally(() =>
          knex.removeListener('query', damage),
        )
        const [, part] = /^ {3}s3:\/\/(\S+\.gz)$/m.exec(notices)!
        expect(notices).to.match(/is damaged: remove it, for the next run to write it again/)
        expect(snippetIn(notices)).to.equal('sparkify run')
        if (compact)
          for (const path of partsIn().filter((each) => each.endsWith(basename(part!))))
            rmSync(path)
        await load(knex, { compact })
        expect(await rowsOf(knex, 'select song_id from staging_songs')).to.have.length(1)
        await clear(knex)
      })
    }

    it('that fails does not hide why the load failed', async () => {
      const { knex, buckets } = warehouse
      putGoodFiles(buckets)
      putFile(buckets, 'song_data/A/bad.json', 'no JSON')
      const refuse = ({ sql }: { sql: string }) => {
        if (sql.includes('stl_load_errors')) throw new Error('no more questions')
      }
      knex.on('query', refuse)
      const { notices, message } = await failureOf(knex).finally(() =>
        knex.removeListener('query', refuse),
      )
      expect(message).to.match(/Load into table 'staging_songs' failed/)
      expect(notices).to.match(/What COPY logged could not be read: no more questions/)
    })

    it('of a load that rejected rows tells how many', async () => {
      const { knex, buckets } = warehouse
      putGoodFiles(buckets)
      await load(knex)
      putFile(
        buckets,
        'log_data/2018/12/bad.json',
        `${event({ ts: 'never' })}\n${event({ ts: 5 })}`,
      )
      expect(await load(knex, { maxErrors: 5 })).to.match(/staging_events: 1 row was rejected/)
      const [{ loaded_at } = {}] = await rowsOf(
        knex,
        'select max(loaded_at) as loaded_at from loads',
      )
      const { findings } = await diagnoseOne(knex, { loadedAt: String(loaded_at) })
      expect(findings.map(({ what }) => what)).to.deep.equal([
        "Invalid digit, Value 'n', Pos 0, Type: Long",
        'The files have 2 records, and staging_events took 1 row of them',
      ])

      putFile(buckets, 'log_data/2018/12/bad.json', `${event({ ts: 4 })}\n${event({ ts: 5 })}`)
      expect(findings[1]!.remedy.snippet).to.equal('sparkify run --reload')
      await load(knex, { reload: true })
      expect(await rowsOf(knex, 'select ts from staging_events')).to.deep.include({ ts: 4 })
    })
  })
})

// With tables of their own: each leaves one changed.
describe('the migration of the doctor', () => {
  const warehouse = useWarehouse()

  for (const fault of faults.filter(changesTable)) {
    for (const follow of [...fault.follow].reverse()) {
      const title = follow === migrate ? 'is run has it loaded' : 'is not wanted has it loaded, too'
      it(`that ${title}, after ${fault.name}`, () => sayAndFollow(fault, follow, warehouse))
    }
  }
})

function changesTable({ follow }: InjectedFault): boolean {
  return follow.includes(migrate)
}

/**
 * Has a load fail over a fault, and follows the remedy.
 * @returns false where this machine lacks what the remedy takes
 */
async function sayAndFollow(
  fault: InjectedFault,
  follow: Follow,
  { knex, buckets }: TestWarehouse,
): Promise<boolean> {
  putGoodFiles(buckets)
  const path = inject(fault, buckets)
  const begin = ({ sql }: { sql: string }) => {
    if (sql.startsWith('copy staging_songs')) fault.meanwhile?.(path)
  }
  knex.on('query', begin)
  const { notices } = await failureOf(knex).finally(() => knex.removeListener('query', begin))

  expect(notices).to.include(`s3://sparkify/${fault.file}`)
  if (fault.line) expect(notices).to.include(`s3://sparkify/${fault.file}, line ${fault.line}`)
  if (fault.column) expect(notices).to.match(new RegExp(`^\\d\\. ${fault.column}: `, 'm'))
  expect(notices).to.match(fault.remedy)
  for (const table of tables) {
    expect(await rowsOf(knex, `select * from ${table}`), table).to.deep.equal([])
  }

  if (follow === run && missingTools(snippetIn(notices)).length > 0) return false
  try {
    const { contents } = fault
    await follow({ knex, buckets, path, notices, ...(contents !== undefined && { contents }) })
    const table = fault.file.startsWith('song_data') ? 'staging_songs' : 'staging_events'
    expect(await rowsOf(knex, `select * from ${table}`)).to.have.length(
      (fault.rows ?? 2) - ([remove, again].includes(follow) ? 1 : 0),
    )
  } finally {
    await clear(knex)
  }
  return true
}

async function clear(knex: Knex): Promise<void> {
  const all = [...tables, 'users', 'songs', 'artists', 'time']
  await knex.raw(all.map((table) => `delete from ${table}`).join('; '))
}

function partsIn(): string[] {
  const folder = join(process.env.LOCAL_WAREHOUSE!, 'buckets', 'sparkify-work')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return files.filter((file) => /staging_songs.*\.gz$/.test(file)).map((file) => join(folder, file))
}

function inject({ file, contents }: InjectedFault, buckets: string): string {
  if (contents !== undefined) return putFile(buckets, file, contents)
  const path = join(buckets, 'sparkify', file)
  rmSync(path)
  return path
}

/** What is said of the one COPY of which there is something to say. */
async function diagnoseOne(...of: Parameters<typeof diagnose>): Promise<Diagnosis> {
  const diagnoses = await diagnose(...of)
  expect(diagnoses).to.have.length(1)
  return diagnoses[0]!
}

async function copied(
  { knex, buckets }: { knex: Knex; buckets: string },
  records: object[],
  options = '',
) {
  const text = records.map((record) => JSON.stringify(record)).join('\n')
  putFile(buckets, 'scratch/1.json', text)
  await copy(knex, options)
  return silentFaults(knex, {
    source: { table: 'scratch', columns: ['user_id', 'name'], json: 'auto' },
    files: [{ url: 's3://sparkify/scratch/1.json', etag: '1', size: text.length }],
    predicate: 'true',
  })
}

async function copy(knex: Knex, options = '', json = 'auto'): Promise<void> {
  await knex.raw(
    `copy scratch from 's3://sparkify/scratch/' iam_role default format json '${json}' ${options} compupdate off statupdate off`.replaceAll(
      '?',
      '\\?',
    ),
  )
}

async function failing(work: Promise<unknown>): Promise<void> {
  await rejected(work, /Load into table/)
}

async function rejected(work: Promise<unknown>, words: RegExp): Promise<void> {
  const error: unknown = await work.then(
    () => undefined,
    (cause: unknown) => cause,
  )
  expect(error).to.be.instanceOf(Error)
  expect((error as Error).message).to.match(words)
}
