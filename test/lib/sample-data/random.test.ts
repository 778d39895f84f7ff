import { expect } from 'chai'
import { Random } from '../../../lib/sample-data/random'

describe('Random', () => {
  it('is sfc32: the same numbers for the same seed, stream and entry, forever', () => {
    const random = new Random(1, 2, 3)
    expect([random.next(), random.next(), random.next()]).to.deep.equal([
      3987121759, 92551270, 1122162139,
    ])
  })

  it('draws every number below a limit about as often as any other', () => {
    const random = new Random(7, 0)
    const counts = [0, 0, 0, 0, 0]
    for (let draw = 0; draw < 50000; draw++) counts[random.below(5)]!++
    for (const count of counts) expect(count).to.be.within(9500, 10500)
  })

  it('draws small numbers more often where it is to be skewed, and stays below the limit', () => {
    const random = new Random(7, 1)
    const drawn = Array.from({ length: 10000 }, () => random.skewed(100))
    expect(Math.max(...drawn)).to.equal(99)
    expect(drawn.filter((number) => number < 25).length).to.be.within(4800, 5200)
  })

  it('draws the keys of a table as often as their weights say, and never one of weight 0', () => {
    const random = new Random(7, 2)
    const table = new Map([
      ['never', 0],
      ['once', 1],
      ['thrice', 3],
    ])
    const drawn = Array.from({ length: 10000 }, () => random.weighted(table))
    expect(drawn).to.not.include('never')
    expect(drawn.filter((key) => key === 'thrice').length).to.be.within(7200, 7800)
  })
})
