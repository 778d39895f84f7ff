import { expect } from 'chai'
import { songplays } from '../../models/songplays'
import { time } from '../../models/time'
import { rowsOf, useWarehouse } from '../warehouse'
import { stageEvents } from './staged'

describe('time', () => {
  const warehouse = useWarehouse()
  const build = async (...stamps: string[]) => {
    await stageEvents(
      warehouse.knex,
      stamps.map((stamp) => ({ ts: Date.parse(stamp) })),
    )
    await songplays.up(warehouse.knex)
    await time.up(warehouse.knex)
    return rowsOf(warehouse.knex, 'select * from time order by start_time')
  }

  it('is one row per start_time, taken apart in UTC', async () => {
    const rows = await build('2018-11-01T20:57:10.796Z', '2018-11-01T20:57:10.796Z')
    const parts = { hour: 20, day: 1, week: 44, month: 11, year: 2018, weekday: 4 }
    expect(rows).to.deep.equal([{ start_time: '2018-11-01 20:57:10.796', ...parts }])
  })

  it('counts weeks by ISO 8601 and weekdays from Sunday', async () => {
    const rows = await build('2018-12-30T00:00:00Z', '2018-12-31T23:59:59.999Z')
    expect(rows.map(({ week, weekday }) => [week, weekday])).to.deep.equal([
      [52, 0],
      [1, 1],
    ])
  })
})
