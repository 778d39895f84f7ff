import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import type { Knex } from 'knex'
import { diagnose } from '../../../lib/doctor/diagnose'
import { type Diagnosis, formatDiagnoses } from '../../../lib/doctor/finding'
import { silentFaults } from '../../../lib/doctor/silent'
import { byWords } from '../../../lib/doctor/whole-copy'
import { undo } from '../../../lib/load/undo'
import { wordsOf } from '../../../sources/source'
import { rowsOf, useWarehouse } from '../../warehouse'
import { type InjectedFault, faults } from './faults'
import { event, putFile, putGoodFiles, song } from './files'
import { failureOf, load } from './run-load'

const tables = ['staging_events', 'staging_songs', 'songplays', 'loads', 'load_files']

/** A column that a COPY fails on, and the remedy that makes it succeed. */
const columns: { type: string; value: unknown; code: number; needed?: string; kind: string }[] = [
  { type: 'varchar(4)', value: 'größer', code: 1204, needed: 'varchar(8)', kind: 'migration' },
  { type: 'char(4)', value: 'larger', code: 1204, needed: 'varchar(6)', kind: 'migration' },
  { type: 'char(4)', value: 'né', code: 1220, needed: 'varchar(3)', kind: 'migration' },
  { type: 'numeric(5, 2)', value: '123456.78', code: 1204, kind: 'migration' },
  { type: 'real', value: 1e200, code: 1204, needed: 'double precision', kind: 'migration' },
  { type: 'smallint', value: 70000, code: 1222, needed: 'integer', kind: 'migration' },
  { type: 'integer not null', value: 3e9, code: 1222, needed: 'bigint', kind: 'migration' },
  { type: 'integer', value: 1.5, code: 1207, needed: 'double precision', kind: 'migration' },
  {
    type: 'bigint',
    value: '9'.repeat(20),
    code: 1222,
    needed: 'numeric(38, 0)',
    kind: 'migration',
  },
  { type: 'timestamp', value: 1541106106796, code: 1206, kind: 'option' },
  { type: 'timestamp', value: '1541106106', code: 1206, kind: 'option' },
  { type: 'timestamp', value: '2018-11-01T21:01:46Z', code: 1206, kind: 'option' },
  { type: 'date', value: '11/30/2018', code: 1205, kind: 'option' },
  { type: 'varchar(9)', value: 'a\ud800b', code: 1220, kind: 'option' },
]

describe('the doctor', () => {
  const warehouse = useWarehouse()

  afterEach(() => warehouse.knex.raw('drop table if exists scratch'))

  describe('a load that meets', () => {
    for (const fault of faults) {
      it(`${fault.name} says where and what to do, and changes nothing`, async () => {
        const { knex, buckets } = warehouse
        putGoodFiles(buckets)
        const path = inject(fault, buckets)
        const begin = ({ sql }: { sql: string }) => {
          if (sql.startsWith('copy staging_songs')) fault.meanwhile?.(path)
        }
        knex.on('query', begin)
        const { notices } = await failureOf(knex).finally(() => knex.removeListener('query', begin))

        expect(notices).to.include(`s3://sparkify/${fault.file}`)
        if (fault.line)
          expect(notices).to.include(`s3://sparkify/${fault.file}, line ${fault.line}`)
        if (fault.column) expect(notices).to.match(new RegExp(`^\\d\\. ${fault.column}: `, 'm'))
        expect(notices).to.match(fault.remedy)
        for (const table of tables) {
          expect(await rowsOf(knex, `select * from ${table}`), table).to.deep.equal([])
        }
        if (fault.mended === undefined) return
        putFile(buckets, fault.file, fault.mended)
        await load(knex)
        await undo(knex)
        await knex('loads').del()
      })
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
    })

    it('TRUNCATECOLUMNS cuts texts', async () => {
      const found = await copied(warehouse, [{ user_id: 7, name: 'Größe' }], 'truncatecolumns')
      expect(found).to.have.length(1)
      expect(found[0]).to.include({ column: 'name', needed: 'varchar(7)' })
      expect(found[0]!.remedy.snippet).to.include('alter column name type varchar(7)')
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

    for (const { type, value, code, needed, kind } of columns) {
      it(`of ${JSON.stringify(value)} in ${type} has a remedy that works`, async () => {
        const { knex, buckets } = warehouse
        putFile(buckets, 'scratch/1.json', JSON.stringify({ a: value }))
        await knex.raw(`create table scratch (a ${type})`)
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
        await copy(knex, kind === 'option' ? snippet : '')
        expect(await rowsOf(knex, 'select a from scratch')).to.have.length(1)
      })
    }

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
    })

    it('of a damaged GZIP file names it', async () => {
      const { knex, buckets } = warehouse
      const packed = gzipSync(JSON.stringify({ a: 'b'.repeat(1000) }))
      putFile(buckets, 'scratch/1.json', gzipSync('{"a": "whole"}'))
      putFile(buckets, 'scratch/2.json', packed.subarray(0, packed.length - 12))
      await knex.raw('create table scratch (a varchar(max))')
      const error: unknown = await copy(knex, 'gzip').catch((cause: unknown) => cause)
      const [finding] = byWords(wordsOf(error))
      expect(finding!.examples).to.deep.equal([{ url: 's3://sparkify/scratch/2.json' }])
      expect(finding!.remedy.explanation).to.match(/damaged: check it, and deliver it again/)
    })

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
    })
  })
})

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

async function copy(knex: Knex, options = ''): Promise<void> {
  await knex.raw(
    `copy scratch from 's3://sparkify/scratch/' iam_role default format json 'auto' ${options} compupdate off statupdate off`.replaceAll(
      '?',
      '\\?',
    ),
  )
}

function statementsIn(migration: string): string[] {
  return Array.from(migration.matchAll(/knex\.raw\('(.*)'\)/g), ([, sql]) => sql!)
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
