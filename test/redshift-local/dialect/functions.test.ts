import { expect } from 'chai'
import { functionRules } from '../../../redshift-local/dialect/functions'
import { rows, run, useDialect, values } from './warehouse'

describe("Redshift's functions", () => {
  useDialect()

  // LISTAGG and its like run over a table of the user's only.
  before(() => run('create table one (n int); insert into one values (1)'))

  for (const { example, expected, label } of functionRules) {
    it(example, async () => {
      expect(await values(example)).to.deep.equal(expected)
      if (label !== undefined) expect((await run(example)).fields[0]!.name).to.equal(label)
    })
  }

  /** Functions of the catalog, facts E: nothing to rewrite. */
  const answers: [sql: string, ...expected: unknown[]][] = [
    ["select len('é ')", 2],
    ["select len('ab  '::char(6))", 2],
    ["select charindex('ish', 'fish')", 2],
    ["select to_char(last_day('2020-02-01'), 'YYYY-MM-DD')", '2020-02-29'],
    ["select to_char(add_months(date '2020-02-29', 1), 'YYYY-MM-DD')", '2020-03-31'],
    ["select to_char(add_months('2020-01-30', 1), 'YYYY-MM-DD')", '2020-02-29'],
    ["select months_between('2020-03-31', '2020-02-29')", 1],
    ["select months_between(date '1969-01-18', date '1969-03-18')", -2],
    ["select strtol('abcd1234', 16)", '2882343476'],
    ["select strtol('-110101', 2)", '-53'],
    ["select strtol(' -0x1F ', 16)", '-31'],
    ["select strtol('fffffffffffffff', 16)", '1152921504606846975'],
    ["select strtol('7fffffffffffffff', 16)", '9223372036854775807'],
    ["select to_char(trunc(timestamp '2011-07-21 10:32:38'), 'YYYY-MM-DD HH24')", '2011-07-21 00'],
    ['select json_extract_path_text(\'{"f4":{"f6":"star"}}\', \'f4\', \'f6\')', 'star'],
    ["select json_extract_path_text('{\"a\":1}', 'b')", ''],
    ["select json_extract_path_text('{', 'b', true)", null],
    ["select json_extract_array_element_text('[111,112,113]', 2)", '113'],
    ["select json_array_length('[1,2]')", 2],
    ['select is_valid_json(\'{"a":2}\')', true],
    ["select is_valid_json('{a:2}')", false],
    ['select fnv_hash(1)', '-5968735742475085980'],
    ["select fnv_hash('Amazon Redshift')", '7783490368944507294'],
    [
      "select to_char(convert_timezone('EST', timestamp '2008-08-21 07:23:54'), 'HH24:MI')",
      '02:23',
    ],
    ["select to_char(convert_timezone('EST', 'UTC', '2008-08-21 07:23:54'), 'HH24:MI')", '12:23'],
    ['select round(2.345::float, 2)', 2.35],
    ["select 'x' || null", null],
    ["select 'l\\'auto' || '\\t|' || '\\\\d'", "l'auto\t|\\d"],
    ["select getdate() - sysdate < interval '1 day'", true],
    ['select approximate count(distinct a) from (select 1 as a union all select 1) t', '1'],
    ['select top 1 a from (select 1 as a union select 2) t order by a desc', 2],
    ["select 'abc'::char(2)", 'ab'],
    ['select 1.5::decimal', '2'],
    ["select 'abc'::varchar(max)", 'abc'],
    ["select extract(yearday from date '2020-02-01')", 32],
    ["select date_part('dw', timestamp '2018-11-04')", 0],
    ["select date_part(w, date '2018-12-31')", 1],
    ["select datediff(week, '2009-01-01', '2009-12-31')", '52'],
    ["select datediff(qtr, '1998-07-01', '2008-01-01')", '38'],
    [
      "select datediff(ms, timestamp '2020-01-01 00:00:00.999', timestamp '2020-01-01 00:00:01.001')",
      '2',
    ],
    [
      "select to_char(timestamp 'epoch' + 1542241826796/1000.0 * interval '1 second', 'SS.MS')",
      '26.796',
    ],
    [
      "select listagg(a, ',') within group (order by a) from (select 2 as a union all select 1) t, one",
      '1,2',
    ],
    [
      'select count(*) over (partition by a order by a rows unbounded preceding) from (select 1 as a) t',
      '1',
    ],
    ['select avg(a) over () from (select 1 as a union all select 2) t', '1', '1'],
    ['select avg(a) from (select 1.5::float as a union all select 2) t', 1.75],
    ['select avg(a) from (select 1::bigint as a union all select 4) t', '2'],
    [
      "select decode(a, 1, decode(b, 2, 'both', 'one'), 'none') from (select 1 as a, 2 as b) t",
      'both',
    ],
    ['select nvl(nvl2(null, 1, null), 3)', 3],
    [
      "select dateadd(day, datediff(day, date '2020-01-01', date '2020-01-03'), date '2020-01-01') = '2020-01-03'",
      true,
    ],
    [
      'select percentile_cont(0.25) within group (order by a) from (select 1 as a union all select 3) t, one',
      '1.50',
    ],
    ['select 3 minus select 3 minus select 2'],
    ["select version() like 'PostgreSQL 8.0.2 on %Redshift 1.0.%'", true],
  ]

  for (const [sql, ...expected] of answers) {
    it(sql, async () => expect(await values(sql)).to.deep.equal(expected))
  }

  it('takes parameters where it rewrites', async () => {
    const sql =
      "select dateadd(day, $1, '2020-01-01') > $2 as x, nvl($3, 'd') as y, date_part(year, $2::timestamp) as z"
    expect(await rows(sql, [1, '2020-01-01', null])).to.deep.equal([{ x: true, y: 'd', z: 2020 }])
  })

  it('keeps text beyond ASCII where it rewrites', async () => {
    expect(await values("select 'é😀' || nvl(null, 'ü') || len('日本') || '✓'")).to.deep.equal([
      'é😀ü2✓',
    ])
  })

  it('gives EXTRACT as a number of four bytes', async () => {
    const { fields } = await run("select extract(hour from timestamp '2020-01-01')")
    expect(fields[0]!.dataTypeID).to.equal(23)
  })

  it('calls the column of SYSDATE timestamp, and gives one value per transaction', async () => {
    await run('begin')
    const [first] = await rows('select sysdate')
    const [second] = await rows('select sysdate')
    await run('commit')
    expect(first).to.have.key('timestamp')
    expect(second).to.deep.equal(first)
  })
})
