import { expect } from 'chai'
import { faultOfRange, parseRange } from '../../../lib/cluster/cidr'

const ranges: [given: string, text: string | undefined][] = [
  ['203.0.113.7', '203.0.113.7/32'],
  ['203.0.113.7/32', '203.0.113.7/32'],
  [' 203.0.113.7/24 ', '203.0.113.0/24'],
  ['255.255.255.255/1', '128.0.0.0/1'],
  ['0.0.0.0/0', '0.0.0.0/0'],
  ['2001:DB8::7', '2001:db8::7/128'],
  ['2001:db8:1:2:3:4:5:6/64', '2001:db8:1:2::/64'],
  ['::/0', '::/0'],
  ['::1/128', '::1/128'],
  ['203.0.113.7/33', undefined],
  ['2001:db8::7/129', undefined],
  ['203.0.113.007', undefined],
  ['203.0.113', undefined],
  ['203.0.113.7/', undefined],
  ['203.0.113.7/-1', undefined],
  ['fe80::1%eth0', undefined],
  ['me', undefined],
  ['', undefined],
]

const faults: [given: string, allowWide: boolean, said: RegExp | undefined][] = [
  ['203.0.113.0/24', false, undefined],
  ['203.0.112.0/23', false, /--allow-wide-cidr/],
  ['203.0.112.0/23', true, undefined],
  ['0.0.0.0/0', false, /never let in/],
  ['0.0.0.0/0', true, /never let in/],
  ['::/0', true, /never let in/],
  ['2001:db8::/64', false, undefined],
  ['2001:db8::/63', false, /--allow-wide-cidr/],
  ['2001:db8::/63', true, undefined],
  ['me', true, /--cidr is "me": your address is expected/],
]

describe('A range of addresses', () => {
  for (const [given, text] of ranges) {
    it(`${JSON.stringify(given)} is ${text ?? 'none'}`, () => {
      expect(parseRange(given)?.text).to.equal(text)
    })
  }

  for (const [given, allowWide, said] of faults) {
    it(`${given} is ${said ? 'refused' : 'let in'}${allowWide ? ' with --allow-wide-cidr' : ''}`, () => {
      const fault = faultOfRange(given, allowWide)
      if (said) expect(fault).to.match(said)
      else expect(fault).to.equal(undefined)
    })
  }
})
