import { expect } from 'chai'
import { songs } from '../../models/songs'
import { rowsOf, useWarehouse } from '../warehouse'
import { stageSongs } from './staged'

describe('songs', () => {
  const warehouse = useWarehouse()
  const build = async (...records: Parameters<typeof stageSongs>[1]) => {
    await stageSongs(warehouse.knex, records)
    await songs.up(warehouse.knex)
    return rowsOf(warehouse.knex, 'select * from songs order by song_id')
  }

  it('do not know the year 0', async () => {
    expect(await build({ year: 0 })).to.deep.equal([
      { song_id: 'SO1', title: 'A song', artist_id: 'AR1', year: null, duration: 200 },
    ])
  })

  it('take the record of the latest load', async () => {
    const rows = await build(
      { title: 'Old', year: 1999, loaded_at: '2018-11-01' },
      { title: 'New', loaded_at: '2018-11-02' },
    )
    expect(rows.map((row) => row.title)).to.deep.equal(['New'])
  })

  it('take the fullest record of a load, then the smallest by value', async () => {
    const fuller = await build({ title: 'A', year: 0 }, { title: 'B', year: 1999 })
    expect(fuller.map((row) => row.title)).to.deep.equal(['B'])
    const equal = [{ title: 'B' }, { title: 'A' }]
    expect((await build(...equal))[0]?.title).to.equal('A')
    expect((await build(...equal.toReversed()))[0]?.title).to.equal('A')
  })
})
