import { expect } from 'chai'
import { axisOf, type Place } from '../../../lib/report/axis'

const day = (text: string) => Date.parse(`${text}T00:00:00Z`)

const examples: Record<string, [column: string, places: Place[], labels: string]> = {
  'days that are all far apart, by the name of their column': [
    'day',
    [day('2018-11-01'), day('2018-11-04')],
    '1 Nov,2 Nov,3 Nov,4 Nov',
  ],
  'weeks, by the name of their column': [
    'first_week',
    [day('2018-11-19'), day('2018-11-05')],
    '5 Nov,12 Nov,19 Nov',
  ],
  'months, which are of unequal length': [
    'month',
    [day('2018-11-01'), day('2019-02-01')],
    'Nov 2018,Dec 2018,Jan 2019,Feb 2019',
  ],
  'a column that has no such name, in the steps that meet all rows': [
    'began',
    [day('2018-11-01'), day('2018-11-03'), day('2018-11-06')],
    '1 Nov,2 Nov,3 Nov,4 Nov,5 Nov,6 Nov',
  ],
  'hours of several days with their day': [
    'hour',
    [day('2018-11-01') + 23 * 3_600_000, day('2018-11-02')],
    '1 Nov, 23:00,2 Nov, 00:00',
  ],
  'numbers by their size': ['weeks_later', ['0', '1', '4', '3', '10'], '0,1,2,3,4,5,6,7,8,9,10'],
  'numbers in the steps that they have': ['songs', ['20', '0', '30'], '0,10,20,30'],
  'hours though all of them are even': ['hour', ['22', '20'], '20,21,22'],
  'fractions, and what has no number last': ['score', ['(none)', '2.5', '-1'], '-1,2.5,(none)'],
  'codes that are no numbers as the answer has them': ['zip', ['10', '07'], '10,07'],
  'weekdays from Sunday, where the answer has it first': [
    'weekday_name',
    ['Sunday', 'Tuesday'],
    'Sunday,Monday,Tuesday',
  ],
  'weekdays from Monday else': [
    'name',
    ['Saturday', 'Sunday', 'Thursday'],
    'Thursday,Friday,Saturday,Sunday',
  ],
  'names of months': ['name', ['May', 'March'], 'March,April,May'],
  'other labels as the answer has them': ['level', ['paid', 'free'], 'paid,free'],
  'a gap of many years as one place': [
    'day',
    [day('1970-01-01'), day('2018-11-01'), day('2018-11-03')],
    '1 Jan 1970,…,1 Nov 2018,2 Nov 2018,3 Nov 2018',
  ],
  'one of a kind': ['day', [day('2018-12-11')], '11 Dec'],
  nothing: ['day', [], ''],
}

describe('the sides of a picture', () => {
  for (const [title, [column, places, labels]] of Object.entries(examples)) {
    it(`have ${title}`, () => {
      const axis = axisOf(column, places)
      expect(axis.labels.join()).to.equal(labels)
      const indexes = places.map((place) => axis.indexOf(place))
      expect(new Set(indexes).size).to.equal(places.length)
      for (const index of indexes) expect(index).to.be.within(0, axis.labels.length - 1)
    })
  }

  it('say how many of them have no row, where that can be counted', () => {
    expect(axisOf('day', [day('2018-11-01'), day('2018-11-04')])).to.deep.include({
      unit: 'days',
      empty: 2,
    })
    expect(axisOf('day', [0, day('2018-11-04')])).to.not.have.property('empty')
  })
})
