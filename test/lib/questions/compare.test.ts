import { expect } from 'chai'
import type { AnswerColumn, Value } from '../../../lib/questions/answer'
import type { CsvTable } from '../../../lib/questions/csv'
import { canonical, compare } from '../../../lib/questions/compare'

const columns: AnswerColumn[] = [
  { name: 'id', type: 'text' },
  { name: 'plays', type: 'number' },
]
const expected: CsvTable = {
  columns: ['id', 'plays'],
  rows: [
    ['a', '1'],
    ['b', '2'],
    [null, '3'],
  ],
}

function differences(rows: Value[][], table = expected, key = ['id']) {
  return [...compare(key, table, { columns, rows })]
}

describe('values', () => {
  type Case = [type: AnswerColumn['type'], left: unknown, right: unknown]
  const equal: Case[] = [
    ['number', 3, '3.0'],
    ['number', '0.50', '.5'],
    ['number', '-0', 0],
    ['number', '9007199254740993', '9007199254740993.00'],
    ['number', 1e-7, '0.0000001e0'],
    ['time', '2018-11-01', '2018-11-01 00:00:00'],
    ['time', '2018-11-01 20:57:10.700', '2018-11-01T20:57:10.7'],
    ['boolean', true, 't'],
    ['text', null, null],
  ]
  const different: Case[] = [
    ['number', '9007199254740993', '9007199254740992'],
    ['number', 10, 1],
    ['number', 0, null],
    ['number', 0, ''],
    ['number', 'x', 'y'],
    ['time', '2018-11-01 20:57:10', '2018-11-01 20:57:10.001'],
    ['boolean', true, 'false'],
    ['text', '', null],
    ['text', 'a', 'a '],
    ['text', '3', '3.0'],
  ]
  for (const [type, left, right] of equal) {
    it(`${JSON.stringify(left)} and ${JSON.stringify(right)} are one ${type}`, () => {
      expect(canonical(type, left)).to.equal(canonical(type, right))
    })
  }
  for (const [type, left, right] of different) {
    it(`${JSON.stringify(left)} and ${JSON.stringify(right)} are not one ${type}`, () => {
      expect(canonical(type, left)).to.not.equal(canonical(type, right))
    })
  }
})

describe('an answer differs by', () => {
  it('nothing, where all is as expected', () => {
    expect(
      differences([
        ['a', 1],
        ['b', 2],
        [null, 3],
      ]),
    ).to.deep.equal([])
  })

  it('changed values, each by row and column', () => {
    expect(
      differences([
        ['a', 1],
        ['b', 5],
        [null, null],
      ]),
    ).to.deep.equal([
      { kind: 'changed value', key: { id: 'b' }, column: 'plays', expected: '2', found: 5 },
      { kind: 'changed value', key: { id: null }, column: 'plays', expected: '3', found: null },
    ])
  })

  it('missing and surplus rows', () => {
    expect(
      differences([
        ['a', 1],
        ['c', 2],
        [null, 3],
      ]),
    ).to.deep.equal([
      { kind: 'missing row', expected: { id: 'b', plays: '2' } },
      { kind: 'surplus row', found: { id: 'c', plays: 2 } },
    ])
  })

  it('its columns alone, where these are others', () => {
    const others = { columns: ['id', 'songs'], rows: [['a', '1']] }
    expect(differences([['a', 1]], others)).to.deep.equal([
      { kind: 'columns', expected: ['id', 'songs'], found: ['id', 'plays'] },
    ])
  })

  it('a key that is there twice', () => {
    const twice = { ...expected, rows: [...expected.rows, ['a', '1']] }
    expect(
      differences(
        [
          ['a', 1],
          ['b', 2],
          ['b', 2],
          [null, 3],
        ],
        twice,
      ),
    ).to.deep.equal([
      { kind: 'repeated key', in: 'the expected file', key: { id: 'a' } },
      { kind: 'repeated key', in: 'the answer', key: { id: 'b' } },
    ])
  })

  it('the order of its rows, at the first that is misplaced', () => {
    expect(
      differences([
        ['a', 1],
        ['x', 9],
        [null, 3],
        ['b', 2],
      ]),
    ).to.deep.equal([
      { kind: 'surplus row', found: { id: 'x', plays: 9 } },
      { kind: 'order', place: 2, expected: { id: 'b' }, found: { id: null } },
    ])
  })
})
