import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { openBuckets } from '../../../knexfile'
import { compactSource, partsFolder } from '../../../lib/load/compact'
import { tracer } from '../../../lib/load/provenance'
import { diffFiles } from '../../../lib/load/file-diff'
import type { LoadOptions } from '../../../lib/load/load'
import { writeSampleData } from '../../../lib/sample-data/write'
import { sourceOf } from '../../../sources/source'
import stagingSongs from '../../../sources/staging_songs'
import { rowsOf, useWarehouse } from '../../warehouse'

const tables = [
  'staging_events',
  'staging_songs',
  'songplays',
  'users',
  'songs',
  'artists',
  'time',
  'load_files',
]

/** The file of a song, in which nothing is missing that the audits ask for. */
function song(id: string, year: unknown = 2000): string {
  const artist = { artist_id: `A${id}`, artist_name: `Artist ${id}` }
  return JSON.stringify({ song_id: id, title: `Title ${id}`, year, duration: 200.5, ...artist })
}

describe('A load of compacted files', () => {
  const warehouse = useWarehouse()
  const sampleSize = { events: 300, songs: 60, days: 4, seed: 7 }
  const sparkify = () => join(warehouse.buckets, 'sparkify')

  before(() => writeSampleData({ ...sampleSize, out: sparkify() }))

  const load = async (options: Partial<LoadOptions>) => {
    warehouse.knex.userParams.load = options
    await warehouse.knex.seed.run()
  }
  /** All rows of all tables, but for when they were loaded and the numbers that the server gave. */
  const content = async () => {
    const all: Record<string, string[]> = {}
    for (const table of tables) {
      const rows = await rowsOf(warehouse.knex, `select * from ${table}`)
      const plain = rows.map((row) =>
        JSON.stringify({ ...row, loaded_at: undefined, songplay_id: undefined }),
      )
      all[table] = plain.sort()
    }
    return all
  }
  const empty = async () => {
    for (const table of [...tables, 'loads']) await warehouse.knex.raw(`delete from ${table}`)
  }
  const counted = async (sql: string) => Number((await rowsOf(warehouse.knex, sql))[0]!.n)

  it('gives the rows and the ledger that the files themselves give', async () => {
    await load({})
    const plain = await content()
    await empty()
    await load({ compact: true })
    expect(await content()).to.deep.equal(plain)
    expect(await counted('select count(*) as n from staging_songs')).to.equal(60)
    expect(await counted('select files as n from loads')).to.equal(plain.load_files!.length)
  })

  it('adds nothing the second time, and then only what is new', async () => {
    const before = await content()
    await load({ compact: true })
    expect(await content()).to.deep.equal(before)
    writeFileSync(join(sparkify(), 'song_data/new.json'), song('SNEW'))
    await load({ compact: true })
    expect(await counted('select count(*) as n from staging_songs')).to.equal(61)
    const isNew = "url = 's3://sparkify/song_data/new.json'"
    expect(await counted(`select count(*) as n from load_files where ${isNew}`)).to.equal(1)
  })

  it('takes the parts that were made before it', async () => {
    await empty()
    const { knex } = warehouse
    const source = sourceOf(knex, stagingSongs)
    const { new: files } = await diffFiles(knex, source)
    const options = { partBytes: 2000, slices: 2 }
    const { parts } = await compactSource(knex, source, files, options)
    expect(parts.length).to.be.above(1)
    await load({ compact: true })
    const read = await rowsOf(knex, 'select filename from stl_load_commits')
    const names = read.map(({ filename }) => String(filename).trim())
    expect(names).to.include.members(parts.map(({ url }) => url))
  })

  it('leads from the error of a part to the file and the line that are wrong', async () => {
    await empty()
    const folder = join(sparkify(), 'song_data/wrong')
    mkdirSync(folder)
    writeFileSync(join(folder, 'a.json'), song('S1').replace(',', ',\n'))
    writeFileSync(join(folder, 'b.json'), `${song('S2')}\n${song('S3', 'never')}`)
    writeFileSync(join(folder, 'c.json'), `${song('S4')}\n`)
    const error = await load({ compact: true }).catch((thrown: Error) => thrown)
    expect(error).to.be.instanceOf(Error)
    expect(await wrongPlaces()).to.deep.equal([
      { url: 's3://sparkify/song_data/wrong/b.json', line: 2 },
    ])
  })

  it('leads to a file that was cut off, and takes nothing from its neighbour', async () => {
    const folder = join(sparkify(), 'song_data/wrong')
    writeFileSync(join(folder, 'b.json'), `${song('S2')}\n{"song_id":`)
    await load({ compact: true, maxErrors: 1 })
    expect(await counted('select count(*) as n from staging_songs')).to.equal(64)
    expect((await wrongPlaces()).at(-1)!.url).to.equal('s3://sparkify/song_data/wrong/b.json')
  })

  const wrongPlaces = async () => {
    const originOf = tracer(await openBuckets('development'))
    const errors = await rowsOf(
      warehouse.knex,
      `select filename, line_number from stl_load_errors
      where query = (select max(query) from stl_load_errors)`,
    )
    return Promise.all(
      errors.map(({ filename, line_number: line }) =>
        originOf(String(filename).trim(), Number(line)),
      ),
    )
  }

  it('needs parts that lie outside of the files', () => {
    const former = process.env.WORK_DATA
    try {
      process.env.WORK_DATA = 's3://sparkify/song_data/work'
      expect(() => partsFolder(warehouse.knex, 'staging_songs')).to.throw(
        'WORK_DATA is "s3://sparkify/song_data/work", within s3://sparkify/song_data/',
      )
    } finally {
      if (former === undefined) delete process.env.WORK_DATA
      else process.env.WORK_DATA = former
    }
  })
})
