import { expect } from 'chai'
import { users } from '../../models/users'
import { rowsOf, useWarehouse } from '../warehouse'
import { stageEvents } from './staged'

describe('users', () => {
  const warehouse = useWarehouse()
  const build = async (...events: Parameters<typeof stageEvents>[1]) => {
    await stageEvents(warehouse.knex, events)
    await users.up(warehouse.knex)
    return rowsOf(warehouse.knex, 'select * from users order by user_id')
  }

  it('are as the latest event by ts says, whatever its page and whenever it was loaded', async () => {
    const rows = await build(
      { ts: 3, level: 'paid', page: 'Home', loaded_at: '2018-11-01' },
      { ts: 1, level: 'free', loaded_at: '2018-11-05' },
      { ts: 2, level: 'free', last_name: 'Byron' },
    )
    expect(rows).to.deep.equal([
      { user_id: 1, first_name: 'Ada', last_name: 'Lovelace', gender: 'F', level: 'paid' },
    ])
  })

  it('leave out nobody, and nobody who only looked around', async () => {
    const rows = await build({ user_id: null, page: 'Home' }, { user_id: 7, page: 'Help' })
    expect(rows.map((row) => row.user_id)).to.deep.equal([7])
  })

  it('are chosen alike among events of one moment, in whatever order they came', async () => {
    const tie = [
      { ts: 5, session_id: 9, item_in_session: 1, level: 'paid' },
      { ts: 5, session_id: 9, item_in_session: 2, level: 'free' },
    ]
    const [there, back] = [await build(...tie), await build(...tie.toReversed())]
    expect(there[0]?.level).to.equal('free')
    expect(back).to.deep.equal(there)
  })
})
