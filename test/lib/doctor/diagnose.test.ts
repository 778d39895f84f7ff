import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import type { Knex } from 'knex'
import { diagnose, diagnoseLoad, formatDiagnosis } from '../../../lib/doctor/diagnose'
import { wholeFaults } from '../../../lib/doctor/whole-copy'
import { rowsOf, useWarehouse } from '../../warehouse'
import { event, putFile, putGoodFiles, song } from './files'
import { failureOf, load } from './told'

/** A column that a COPY fails on, and the remedy that makes it succeed. */
const columns: { type: string; value: unknown; code: number; needed?: string; pasted: string }[] = [
  { type: 'varchar(4)', value: 'größer', code: 1204, needed: 'varchar(8)', pasted: 'migration' },
  { type: 'char(4)', value: 'larger', code: 1204, needed: 'varchar(6)', pasted: 'migration' },
  { type: 'char(4)', value: 'né', code: 1220, needed: 'varchar(3)', pasted: 'migration' },
  { type: 'numeric(5, 2)', value: '123456.78', code: 1204, pasted: 'migration' },
  { type: 'real', value: 1e200, code: 1204, needed: 'double precision', pasted: 'migration' },
  { type: 'smallint', value: 70000, code: 1222, needed: 'integer', pasted: 'migration' },
  { type: 'integer not null', value: 3e9, code: 1222, needed: 'bigint', pasted: 'migration' },
  { type: 'integer', value: 1.5, code: 1207, needed: 'double precision', pasted: 'migration' },
  {
    type: 'bigint',
    value: '9'.repeat(20),
    code: 1222,
    needed: 'numeric(38, 0)',
    pasted: 'migration',
  },
  { type: 'timestamp', value: 1541106106796, code: 1206, pasted: 'option' },
  { type: 'timestamp', value: '1541106106', code: 1206, pasted: 'option' },
  { type: 'timestamp', value: '2018-11-01T21:01:46Z', code: 1206, pasted: 'option' },
  { type: 'date', value: '11/30/2018', code: 1205, pasted: 'option' },
  { type: 'varchar(9)', value: 'a\ud800b', code: 1220, pasted: 'option' },
]

describe('a diagnosis', () => {
  const warehouse = useWarehouse()

  afterEach(() => warehouse.knex.raw('drop table if exists scratch'))

  it('is that there are no errors, where there are none', async () => {
    const diagnosis = await diagnose(warehouse.knex, 999_999)
    expect(diagnosis).to.deep.equal({ findings: [] })
    expect(formatDiagnosis(diagnosis)).to.equal('There are no errors of COPY.')
  })

  for (const { type, value, code, needed, pasted } of columns) {
    it(`of ${JSON.stringify(value)} in ${type} has a remedy that works`, async () => {
      const { knex, buckets } = warehouse
      putFile(buckets, 'scratch/1.json', JSON.stringify({ a: value }))
      await knex.raw(`create table scratch (a ${type})`)
      await failing(copy(knex))

      const { table, findings } = await diagnose(knex)
      expect(table).to.equal('scratch')
      expect(findings).to.have.length(1)
      expect(findings[0]).to.include({ code, count: 1, column: 'a', ...(needed && { needed }) })
      expect(findings[0]!.examples[0]).to.include({ url: 's3://sparkify/scratch/1.json', line: 1 })

      const paste = findings[0]!.remedy.paste!
      if (pasted === 'migration') for (const sql of statementsIn(paste)) await knex.raw(sql)
      await copy(knex, pasted === 'option' ? paste : '')
      expect(await rowsOf(knex, 'select a from scratch')).to.have.length(1)
    })
  }

  it('of a boolean that is none shows the line to correct', async () => {
    const { knex, buckets } = warehouse
    putFile(buckets, 'scratch/1.json', '{"a": true}\n{"a": "maybe"}\n')
    await knex.raw('create table scratch (a boolean)')
    await failing(copy(knex))
    const [finding] = (await diagnose(knex)).findings
    expect(finding).to.include({ code: 1210, column: 'a' })
    expect(finding!.remedy.paste).to.equal(
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
    const { findings } = await diagnose(knex)
    const told = findings.map(({ column, code, count, declared, needed, examples }) => ({
      ...{ column, code, count, declared, needed },
      lines: examples.map(({ line }) => line),
    }))
    expect(told).to.deep.equal([
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

  it('of a column that stayed empty in a load names the key that the files have', async () => {
    const { knex, buckets } = warehouse
    putGoodFiles(buckets)
    putFile(
      buckets,
      'song_data/A/good.json',
      song({ artist_location: undefined, Artist_Location: 'Paris' }),
    )
    putFile(buckets, 'song_data/A/empty.json', '')
    const told = await load(knex)
    expect(told).to.match(/artist_location is NULL in all 1 rows, and the files have values/)
    expect(told)
      .to.match(/good.json, line 1: "Paris"/)
      .and.match(/'auto ignorecase'/)
    expect(told).to.match(/The file is empty[^]*empty\.json/)

    const [{ loaded_at } = {}] = await rowsOf(knex, 'select loaded_at from loads')
    const { findings } = await diagnoseLoad(knex, String(loaded_at))
    expect(findings.map(({ column }) => column)).to.deep.equal([undefined, 'artist_location'])
    await rejected(diagnoseLoad(knex, '2001-01-01'), /There is no load 2001-01-01/)
  })

  it('of a column that stayed empty stands beside the audit that refuses it', async () => {
    const { knex, buckets } = warehouse
    await knex.migrate.rollback(undefined, true)
    await knex.migrate.latest()
    putGoodFiles(buckets)
    putFile(buckets, 'song_data/A/good.json', song({ title: undefined, Title: 'A song' }))
    const { told, message } = await failureOf(knex)
    expect(message).to.match(/audits failed/)
    expect(told).to.match(/title is NULL in all 1 rows[^]*'auto ignorecase'/)
    expect(await rowsOf(knex, 'select * from staging_songs')).to.deep.equal([])
  })

  it('of a damaged GZIP file names it', async () => {
    const { knex, buckets } = warehouse
    const packed = gzipSync(JSON.stringify({ a: 'b'.repeat(1000) }))
    putFile(buckets, 'scratch/1.json', gzipSync('{"a": "whole"}'))
    putFile(buckets, 'scratch/2.json', packed.subarray(0, packed.length - 12))
    await knex.raw('create table scratch (a varchar(max))')
    const error: unknown = await copy(knex, 'gzip').catch((cause: unknown) => cause)
    const [finding] = await wholeFaults(knex, undefined, [], error)
    expect(finding!.examples).to.deep.equal([{ url: 's3://sparkify/scratch/2.json' }])
    expect(finding!.remedy.says).to.match(/damaged: check it, and deliver it again/)
  })

  it('that fails does not hide why the load failed', async () => {
    const { knex, buckets } = warehouse
    putGoodFiles(buckets)
    putFile(buckets, 'song_data/A/bad.json', 'no JSON')
    const refuse = ({ sql }: { sql: string }) => {
      if (sql.includes('stl_load_errors')) throw new Error('no more questions')
    }
    knex.on('query', refuse)
    const { told, message } = await failureOf(knex).finally(() =>
      knex.removeListener('query', refuse),
    )
    expect(message).to.match(/Load into table 'staging_songs' failed/)
    expect(told).to.match(/What COPY says of it could not be read: no more questions/)
  })

  it('of a load that passed rows over tells how many', async () => {
    const { knex, buckets } = warehouse
    putGoodFiles(buckets)
    await load(knex)
    putFile(buckets, 'log_data/2018/12/bad.json', `${event({ ts: 'never' })}\n${event({ ts: 5 })}`)
    expect(await load(knex, { maxErrors: 5 })).to.match(/staging_events: 1 bad row was passed over/)
    const [{ loaded_at } = {}] = await rowsOf(knex, 'select max(loaded_at) as loaded_at from loads')
    const { findings } = await diagnoseLoad(knex, String(loaded_at))
    expect(findings.map(({ what }) => what)).to.deep.equal([
      "Invalid digit, Value 'n', Pos 0, Type: Long",
      'The files have 2 records, and staging_events took 1 rows of them',
    ])
  })
})

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
