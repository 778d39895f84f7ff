import { expect } from 'chai'
import { comparisonOf, headlineOf, lately, wholePercent } from '../../../lib/report/headline'
import { type Counts, periodOf, type Pulse, spansOf } from '../../../lib/report/pulse'
import { pulseOf } from './pulses'

const countsOf = (plays: number, known = 0): Counts => ({
  ...{ plays, known, users: plays / 10, songs: plays / 5, artists: 0 },
})
const weeks = spansOf(periodOf('2018-11-01 00:05:00', '2018-11-30 22:48:00')!)!
const days = spansOf(periodOf('2018-11-01 00:05:00', '2018-11-05 12:00:00')!)!
const totals = { plays: 100, users: 40 }
const paid = { paidUsers: 9, paidPlays: 79 }
const ofPaying = 'Paid listeners are 23 % of users and 79 % of plays'

describe('the days that are compared', () => {
  const examples: Record<string, [first: string | null, last: string | null, said: string]> = {
    'are the latest whole weeks': [
      ...(['2018-11-01 00:05:00', '2018-11-30 22:48:00'] as const),
      'Changes: 19 – 25 Nov 2018 against 12 – 18 Nov 2018 (whole weeks, from Monday).',
    ],
    'leave out the day under way': [
      ...(['2018-11-12 00:05:00', '2018-11-25 22:48:00'] as const),
      'Changes: 19 – 24 Nov 2018 against 13 – 18 Nov 2018.',
    ],
    'have the last day, if its last hour has an event': [
      ...(['2018-11-12 00:05:00', '2018-11-25 23:02:00'] as const),
      'Changes: 19 – 25 Nov 2018 against 12 – 18 Nov 2018 (whole weeks, from Monday).',
    ],
    'are as many as there are before two weeks': [
      ...(['2018-11-01 09:00:00', '2018-11-06 12:00:00'] as const),
      'Changes: 4 – 5 Nov 2018 against 2 – 3 Nov 2018.',
    ],
    'are none of one day': [
      ...(['2018-11-01 09:00:00', '2018-11-01 23:59:00'] as const),
      'Changes are told once there are two whole days.',
    ],
    'are none of nothing': [null, null, 'Changes are told once there are two whole days.'],
  }
  for (const [title, [first, last, said]] of Object.entries(examples)) {
    it(title, () => {
      const period = periodOf(first, last)
      const spans = period && spansOf(period)
      const text = comparisonOf(pulseOf(spans ? { spans } : {}))
      expect(text.replaceAll(/\p{Zs}+–\p{Zs}+|–/gu, ' – ')).to.equal(said)
    })
  }
})

describe('the headline', () => {
  const examples: Record<string, [pulse: Partial<Pulse>, said: string, totals?: typeof totals]> = {
    'says who pays, and how plays changed': [
      { ...paid, spans: weeks, former: countsOf(100), later: countsOf(94) },
      `${ofPaying}; plays fell 6 % against the former week.`,
    ],
    'says what days it compares where there are no two weeks': [
      { ...paid, spans: days, former: countsOf(100), later: countsOf(250) },
      `${ofPaying}; plays rose 150 % against the 2 days before.`,
    ],
    'says that a number is as it was': [
      { ...paid, spans: weeks, former: countsOf(50), later: countsOf(50) },
      `${ofPaying}; plays did not change against the former week.`,
    ],
    'does not call a small change none': [
      { ...paid, spans: weeks, former: countsOf(1000), later: countsOf(1001) },
      `${ofPaying}; plays rose less than 1 % against the former week.`,
    ],
    'compares no days of which some have no play': [
      { ...paid, spans: weeks, former: countsOf(100), later: countsOf(40), daysWithout: 3 },
      `${ofPaying}.`,
    ],
    'compares nothing with one day': [paid, `${ofPaying}.`],
    'tells plays of nobody': [{}, '', { plays: 1, users: 0 }],
    'is none without a play': [{}, '', { plays: 0, users: 5 }],
  }
  for (const [title, [pulse, said, of = totals]] of Object.entries(examples)) {
    it(title, () => expect(headlineOf(pulseOf(pulse), of)).to.equal(said))
  }

  it('tells of gaps why nothing is compared', () => {
    const pulse = pulseOf({ spans: weeks, daysWithout: 3 })
    expect(comparisonOf(pulse)).to.match(/are not compared: 3 days have no play\.$/)
  })

  it('takes no share for none or all that is neither', () => {
    expect([0, 1, 995, 1000].map((part) => wholePercent(part, 1000))).to.deep.equal([
      ...['0 %', 'less than 1 %', 'more than 99 %', '100 %'],
    ])
  })
})

describe('a key figure', () => {
  const pulse = pulseOf({ spans: weeks, former: countsOf(100, 20), later: countsOf(150, 33) })
  it('says how it changed, and by points where it is a share', () => {
    expect(lately(pulse, 'plays')).to.equal('150 ▲ 50 %')
    expect(lately(pulse, 'users')).to.equal('15 listened ▲ 50 %')
    expect(lately(pulse, 'artists')).to.equal('0 heard')
    expect(lately(pulse, 'known')).to.equal('22 % ▲ 2 points')
  })
  it('says nothing where nothing is compared', () => {
    expect(lately(pulseOf({}), 'plays')).to.equal('')
    expect(lately({ ...pulse, daysWithout: 1 }, 'plays')).to.equal('')
  })
})
