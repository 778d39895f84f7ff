import { expect } from 'chai'
import { nodeTypes } from '../../../lib/cluster/wishes/input-rules'
import { costOf, lifeOf } from '../../../lib/cluster/life'
import { costText, prices } from '../../../lib/cluster/prices'

const found = { id: '', name: '', state: 'available', tags: {} }
const tenHours = new Date(36_000_000)

describe('What a warehouse costs', () => {
  it('is declared for node types that are sold', () => {
    expect(nodeTypes).to.include.members(Object.keys(prices.node))
  })

  for (const [size, said] of [
    [{ nodeType: 'ra3.large', nodes: 1 }, '$0.54 an hour (1 node ra3.large'],
    [{ nodeType: 'ra3.xlplus', nodes: 3 }, '$3.26 an hour (3 nodes ra3.xlplus'],
    [{ nodeType: 'rg.large', nodes: 2 }, 'The price of rg.large is in the price list: https://'],
    [{ baseRpu: 4, maxRpu: 8 }, '$1.50 an hour while it works at 4 RPU, at most $3.00 at 8 RPU'],
  ] as const) {
    it(`is said for ${JSON.stringify(size)}`, () => {
      expect(costText(size)).to.include(said)
    })
  }

  it('is hours times nodes times the price so far', () => {
    const size = { nodeType: 'ra3.large', nodes: 2 }
    const { costSoFar } = costOf({ ...found, size, since: new Date(0) }, tenHours)
    expect(costSoFar).to.be.closeTo(10.86, 1e-9)
  })

  it('is not made up where it is not known', () => {
    for (const size of [
      { nodeType: 'rg.large', nodes: 2 },
      { baseRpu: 4, maxRpu: 8 },
    ]) {
      const { costSoFar, costNote } = costOf({ ...found, size, since: new Date(0) }, tenHours)
      expect(costSoFar).to.equal(undefined)
      expect(costNote).to.include('https://')
    }
  })
})

describe('How long a warehouse is to live', () => {
  for (const [expires, hoursLeft] of [
    [undefined, undefined],
    ['some day', undefined],
    ['1970-01-01T12:00:00.000Z', 2],
    ['1970-01-01T09:00:00.000Z', -1],
  ] as const) {
    it(`is ${hoursLeft ?? 'not known'} hours with the tag ${expires ?? 'missing'}`, () => {
      const tags: Record<string, string> = expires === undefined ? {} : { expires }
      expect(lifeOf({ ...found, tags }, tenHours).hoursLeft).to.equal(hoursLeft)
    })
  }
})
