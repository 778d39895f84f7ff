import { expect } from 'chai'
import { atCondition, inLines, volatileWords } from '../../../lib/scaffold/clauses'

describe('a query', () => {
  for (const [sql, expected] of [
    ['select a from t', 'select a from t\nwhere 1 = 1 +'],
    ["select a from t where b = 'ü' group by a", "select a from t where b = 'ü' +\ngroup by a"],
    ['select a from t where b or c', 'select a from t where (b or c) +'],
    ['select a from t where (b or c)', 'select a from t where (b or c) +'],
    ['select a from t where b -- why\norder by a', 'select a from t where b -- why\n+\norder by a'],
    [
      'select listagg(a) within group (order by a) from (select a from t where b) as t',
      'select listagg(a) within group (order by a) from (select a from t where b) as t\nwhere 1 = 1 +',
    ],
    [
      'select a is distinct from b from t where extract(day from c) = 1',
      'select a is distinct from b from t where extract(day from c) = 1 +',
    ],
  ] as const) {
    it(`is narrowed in its WHERE: ${sql}`, async () => {
      expect((await atCondition(sql)).join('+')).to.equal(expected)
    })
  }

  for (const [sql, expected] of [
    ['select a, left(b, 1) from t', 'select a, left(b, 1)\nfrom t'],
    [
      'select a from t left join u using (a) where b group by a having c order by a limit 3',
      'select a\nfrom t\nleft join u using (a)\nwhere b\ngroup by a\nhaving c\norder by a\nlimit 3',
    ],
    ['select a from t\nwhere b group by a', 'select a from t\nwhere b group by a'],
    ["select 'from where' from t", "select 'from where'\nfrom t"],
  ] as const) {
    it(`has a line for each clause: ${sql}`, async () => {
      expect(await inLines(sql)).to.equal(expected)
    })
  }

  it('is known to say another thing each time by its words, not by its texts', async () => {
    expect(
      await volatileWords("select sysdate, 'getdate' from t where Random() < 1"),
    ).to.deep.equal(['sysdate', 'random'])
  })
})
