import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Knex } from 'knex'
import {
  describeLoaded,
  loadedData,
  loadedDataset,
  noteDataset,
  readDatasets,
} from '../../../lib/questions/dataset'
import { UsageError } from '../../../lib/warehouse/errors'
import { useWarehouse } from '../../warehouse'

describe('a data set', () => {
  const warehouse = useWarehouse()
  const folder = mkdtempSync(join(tmpdir(), 'expected-'))
  after(() => rmSync(folder, { recursive: true, force: true }))

  const day = (name: string) => `s3://sparkify/log_data/${name}.json`
  const loaded = () => loadedData(warehouse.knex)
  const recognized = () => loadedDataset(warehouse.knex, folder)

  it('is none where nothing is loaded', async () => {
    expect(await loaded()).to.equal(undefined)
    expect(await recognized()).to.equal(undefined)
  })

  it('is recognized by the files that were loaded for it', async () => {
    await enter(warehouse.knex, day('1'), day('2'))
    noteDataset('mine', (await loaded())!, folder)
    expect([...readDatasets(folder).keys()]).to.deep.equal(['mine'])
    expect(await recognized()).to.equal('mine')
  })

  it('is the same from another bucket, in another order, with files that were left out', async () => {
    const former = process.env.LOG_DATA
    process.env.LOG_DATA = 's3://other/place/of/logs'
    const elsewhere = ['2', '1'].map((name) => `s3://other/place/of/logs/${name}.json`)
    await enter(warehouse.knex, ...elsewhere)
    await warehouse.knex('load_files').insert(entryOf(day('3'), { state: 'quarantined' }))
    expect(await recognized()).to.equal('mine')
    process.env.LOG_DATA = former ?? ''
  })

  const others: Record<string, (knex: Knex) => Promise<unknown>> = {
    'a file more': (knex) => knex('load_files').insert(entryOf(day('3'))),
    'a file less': (knex) => knex('load_files').where('url', day('1')).del(),
    'a file of another size': (knex) =>
      knex('load_files').where('url', day('1')).update({ size: 9 }),
    'a row less than in its files': (knex) => knex('staging_events').del(),
  }
  for (const [what, change] of Object.entries(others)) {
    it(`is not recognized with ${what}`, async () => {
      await enter(warehouse.knex, day('1'), day('2'))
      expect(await recognized()).to.equal('mine')
      await change(warehouse.knex)
      expect(await recognized()).to.equal(undefined)
    })
  }

  it('keeps its name to itself', () => {
    const other = describeLoaded([{ table: 'staging_events', name: 'x', size: 1 }], 1)
    expect(() => noteDataset('mine', other, folder)).to.throw(
      UsageError,
      /^The data set mine is of 2 files with 10 bytes and 1 row, and what is loaded is of 1 file with .* --dataset/,
    )
  })
})

async function enter(knex: Knex, ...urls: string[]): Promise<void> {
  await knex('load_files').del()
  await knex('staging_events').del()
  for (const url of urls) await knex('load_files').insert(entryOf(url))
  await knex('staging_events').insert({
    page: 'NextSong',
    ts: 1,
    session_id: 1,
    item_in_session: 1,
  })
}

function entryOf(url: string, more = {}) {
  const file = { url, etag: url, size: 5, table_name: 'staging_events' }
  return { ...file, loaded_at: '2018-11-01 00:00:00', ...more }
}
