import { expect } from 'chai'
import { artists } from '../../models/artists'
import { rowsOf, useWarehouse } from '../warehouse'
import { stageSongs } from './staged'

describe('artists', () => {
  const warehouse = useWarehouse()
  const build = async (...records: Parameters<typeof stageSongs>[1]) => {
    await stageSongs(warehouse.knex, records)
    await artists.up(warehouse.knex)
    return rowsOf(warehouse.knex, 'select * from artists order by artist_id')
  }

  it('are one row each, however many songs they have', async () => {
    const rows = await build(
      { song_id: 'SO1' },
      { song_id: 'SO2' },
      { song_id: 'SO3', artist_id: 'AR2' },
    )
    expect(rows.map((row) => row.artist_id)).to.deep.equal(['AR1', 'AR2'])
  })

  it('take the fullest record of the latest load, then the smallest by value', async () => {
    const rows = await build(
      {
        artist_name: 'Full',
        artist_location: 'Paris',
        artist_latitude: 48.8,
        artist_longitude: 2.3,
      },
      { artist_name: 'Later and bare', loaded_at: '2018-11-02' },
      { artist_name: 'Later', artist_location: 'Rome', loaded_at: '2018-11-02' },
      { artist_name: 'Late, too', artist_location: 'Oslo', loaded_at: '2018-11-02' },
    )
    expect(rows).to.deep.equal([
      { artist_id: 'AR1', name: 'Late, too', location: 'Oslo', latitude: null, longitude: null },
    ])
  })
})
