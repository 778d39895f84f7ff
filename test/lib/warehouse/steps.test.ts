import { expect } from 'chai'
import { retrying } from '../../../lib/warehouse/steps'

const noWaits = [0, 0, 0]
const conflict = Object.assign(new Error('1023'), { severity: 'ERROR', code: 'XX000' })

describe('work that may conflict', () => {
  const failing = (times: number, error: Error) => {
    const tries = { count: 0 }
    const work = () =>
      ++tries.count > times ? Promise.resolve('done') : Promise.reject<string>(error)
    return { tries, work }
  }

  it('is done again after a conflict', async () => {
    const { tries, work } = failing(2, conflict)
    expect(await retrying(work, noWaits)).to.equal('done')
    expect(tries.count).to.equal(3)
  })

  it('is given up after some attempts', async () => {
    const { tries, work } = failing(100, conflict)
    expect(await retrying(work, noWaits).catch((error: unknown) => error)).to.equal(conflict)
    expect(tries.count).to.equal(4)
  })

  it('is not done again after any other error', async () => {
    const error = new Error('no')
    const { tries, work } = failing(1, error)
    expect(await retrying(work, noWaits).catch((reason: unknown) => reason)).to.equal(error)
    expect(tries.count).to.equal(1)
  })
})
