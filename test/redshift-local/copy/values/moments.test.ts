import { expect } from 'chai'
import {
  automatic,
  automaticFormats,
  dateOf,
  dayNumber,
  writeMoment,
} from '../../../../redshift-local/copy/values/moments'

const recognised = (text: string) => {
  const moment = automatic(text)
  return moment && writeMoment(moment, false)
}

describe("The format 'auto'", () => {
  for (const { name, example, reads } of automaticFormats)
    it(`recognises ${name}`, () => expect(recognised(example)).to.equal(reads))

  const manual: [string, string][] = [
    ['J2451187', '1999-01-08 00:00:00'],
    ['1996.008', '1996-01-08 00:00:00'],
    ['1996-01-08 04:05:06.789', '1996-01-08 04:05:06.789000'],
    ['1997-12-17 07:37:16-08', '1997-12-17 07:37:16'],
    ['12.17.1997 07:37:16.00 PST', '1997-12-17 07:37:16'],
    ['2018-11-30', '2018-11-30 00:00:00'],
    ['960108', '1996-01-08 00:00:00'],
  ]
  for (const [text, reads] of manual)
    it(`reads ${text}`, () => expect(recognised(text)).to.equal(reads))

  for (const text of [
    '1541016707796',
    '1541016707',
    '2018-02-29',
    '1997.366',
    '1996.000',
    'tomorrow',
    '25:00',
    '',
  ])
    it(`does not take ${text || 'nothing'}`, () => expect(recognised(text)).to.equal(undefined))

  it('counts the zone where the column has one', () => {
    expect(writeMoment(automatic('17 Dec 07:37:16 1997 PST')!, true)).to.equal(
      '1997-12-17 15:37:16+00',
    )
    expect(writeMoment(automatic('1998-01-01 00:30+05:30')!, true)).to.equal(
      '1997-12-31 19:00:00+00',
    )
  })
})

describe('The calendar', () => {
  it('agrees with that of JavaScript', () => {
    for (let day = -1_000_000; day < 1_000_000; day += 997) {
      const { year, month, day: ofMonth } = dateOf(day)
      const date = new Date(day * 86_400_000)
      expect([year, month, ofMonth]).to.deep.equal([
        date.getUTCFullYear(),
        date.getUTCMonth() + 1,
        date.getUTCDate(),
      ])
      expect(dayNumber(year, month, ofMonth)).to.equal(day)
    }
  })
})
