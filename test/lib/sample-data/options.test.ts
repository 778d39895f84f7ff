import { expect } from 'chai'
import { faultsOf } from '../../../lib/sample-data/random'
import { writeSampleData } from '../../../lib/sample-data/write'

const good = { events: 1, songs: 1, days: 1, seed: 0, out: 'somewhere' }

describe('options of the sample data', () => {
  it('are fine at both ends of their ranges', () => {
    expect(faultsOf({ ...good, events: 0, songs: 0 })).to.deep.equal([])
    const most = { events: 1e9, songs: 1e7, days: 3650, seed: 2 ** 32 - 1, out: '.' }
    expect(faultsOf(most)).to.deep.equal([])
  })

  it('are refused all at once, each with what is expected', async () => {
    const wrong = { events: -1, songs: 1.5, days: 3651, seed: NaN, out: ' ' }
    const error = await writeSampleData(wrong).catch((error: unknown) => error)
    expect(error).to.be.instanceOf(Error)
    expect((error as Error).message.split('\n')).to.deep.equal([
      'events is -1: an integer from 0 to 1000000000 is expected',
      'songs is 1.5: an integer from 0 to 10000000 is expected',
      'days is 3651: an integer from 1 to 3650 is expected',
      'seed is NaN: an integer from 0 to 4294967295 is expected',
      'out is empty: the path of a folder is expected',
    ])
  })
})
