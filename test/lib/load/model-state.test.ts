import { expect } from 'chai'
import { readModelStates } from '../../../lib/load/model-state'
import { models } from '../../../models/index'
import { useWarehouse } from '../../warehouse'

describe('the state of models', () => {
  const warehouse = useWarehouse({ migrated: false })

  it('is that nothing is built, where the migrations have yet to make the tables', async () => {
    const none = { builtAt: null, fingerprint: null, changed: ['not built'] }
    expect(await readModelStates(warehouse.knex)).to.deep.equal({
      latestLoad: null,
      rows: {},
      built: Object.fromEntries(models.map(({ name }) => [name, none])),
    })
  })
})
