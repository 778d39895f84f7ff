import { expect } from 'chai'
import { compareValues } from './order'
import { timeOf } from './time'

describe('the oracle', () => {
  const weeks = [
    ['2018-11-01 20:57:10.796', 44],
    ['2018-12-30 23:59:59.999', 52],
    ['2018-12-31 00:00:00.000', 1],
    ['2020-12-31 12:00:00.000', 53],
    ['2021-01-03 12:00:00.000', 53],
    ['2021-01-04 00:00:00.000', 1],
    ['2023-01-01 00:00:00.000', 52],
  ] as const
  for (const [startTime, week] of weeks) {
    it(`knows the ISO week of ${startTime}`, () => {
      expect(timeOf([startTime])[0]?.week).to.equal(week)
    })
  }

  it('compares texts by their bytes, and puts NULL last', () => {
    const values = [null, 'é', 'a', '', 'Z', '\u{1f600}', '\uffff'].toSorted(compareValues)
    expect(values).to.deep.equal(['', 'Z', 'a', 'é', '\uffff', '\u{1f600}', null])
  })
})
