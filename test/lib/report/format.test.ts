import { expect } from 'chai'
import * as format from '../../../lib/report/format'

const examples: [function_: keyof typeof format, given: unknown[], expected: unknown][] = [
  ['formatNumber', [8056], '8,056'],
  ['formatNumber', [33.456], '33.46'],
  ['formatNumber', [0.00123], '0.0012'],
  ['formatNumber', [0], '0'],
  ['formatNumber', [-1234.5], '-1,234.5'],
  ['formatShare', [1, 3], '33.3%'],
  ['formatShare', [0, 0], '–'],
  ['formatBytes', [999], '999 bytes'],
  ['formatBytes', [12_345], '12.3 kB'],
  ['formatBytes', [3_900_000], '3.9 MB'],
  ['formatDay', ['2018-11-30 23:59:59.999'], '30 Nov 2018'],
  ['formatDay', ['long ago'], 'long ago'],
  ['formatMinute', ['2018-11-30 23:59:59.999'], '23:59 UTC'],
  ['formatMinute', ['2018-11-30T23:59:59.999Z'], '23:59 UTC'],
  ['formatTime', ['2018-11-05'], '5 Nov 2018'],
  ['formatTime', ['2018-11-05 00:00:00'], '5 Nov 2018'],
  ['formatTime', ['2018-11-05 01:00:00'], '2018-11-05 01:00:00'],
  ['spoken', ['listening_hours'], 'listening hours'],
  ['momentOf', ['2018-11-05'], Date.UTC(2018, 10, 5)],
  ['momentOf', ['2018-11-05 01:02:03+00'], Date.UTC(2018, 10, 5, 1, 2, 3)],
  ['momentOf', ['infinity'], NaN],
]

describe('the numbers and times of the report', () => {
  for (const [name, given, expected] of examples) {
    it(`${name} makes ${String(expected)} of ${given.join(' and ')}`, () => {
      const function_ = format[name] as (...given: unknown[]) => unknown
      expect(function_(...given)).to.deep.equal(expected)
    })
  }
})
