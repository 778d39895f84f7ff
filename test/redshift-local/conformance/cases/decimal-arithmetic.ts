import type { Family } from '../case'
import { gives, isCalled, isOfType, refuses } from '../gives'

const page = 'r_numeric_computations201'

export default {
  given: [
    'create table sale (id int, price decimal(8,2), fee decimal(8,2), qty smallint, n int, b bigint, f float8)',
    'insert into sale values (1, 728.00, 109.20, 4, 3, 7, 2.5), (2, 76.00, 11.40, 2, 3, 9, 1.5)',
    'create table wide (d decimal(38, 2), money decimal(19, 2), rate decimal(4, 1))',
    'insert into wide values (20, 20.50, 3.5)',
    'create table other (id int, price decimal(4, 1))',
    'insert into other values (1, 3.5)',
  ],
  cases: [
    ...gives(
      `${page}: the scale of a division is max(4, s1 + p2 - s2 + 1); what is behind it is cut`,
      {
        'select price / fee from sale where id = 1': '6.666666666',
        'select fee / price from sale where id = 1': '0.150000000',
        'select price / n, n / price from sale where id = 1': ['242.6666666666666', '0.0041208'],
        'select price / b from sale where id = 2': '8.4444444444444444444444',
        'select -price / n, price / -n, -(price / n) from sale where id = 2': [
          '-25.3333333333333',
          '-25.3333333333333',
          '-25.3333333333333',
        ],
        'select money / rate, rate / money from wide': ['5.857142', '0.1707317073170731707'],
        'select (price + 1) / (qty * 2) / 3 from sale where id = 2': '6.416666666666666666666666',
        'select price / (fee / 3) from sale where id = 1': '20.000000000',
      },
    ),
    ...gives('r_MAX, r_MIN, r_WHERE_clause, the examples: DECIMAL(8,2) by SMALLINT has 8 digits', {
      'select max(price / qty), min(price / qty) from sale': ['182.00000000', '38.00000000'],
      'select price / qty as cost from sale order by 1 limit 1': '38.00000000',
    }),
    ...isOfType(`${page}: PRICEPAID / COMMISSION is DECIMAL(17,9)`, {
      'select price / fee from sale': 'numeric(17,9)',
      'select price / qty from sale': 'numeric(14,8)',
      'select price / 2 from sale': 'numeric(19,13)',
      'select x / y from (select price as x, qty as y from sale) as q': 'numeric(14,8)',
    }),
    ...gives(`${page}: literals; whole numbers are DECIMAL(10,0), and (19,0) where they are long`, {
      'select 2.0 / 3, -2.0 / 3, 2 / 3.0': ['0.666666666666', '-0.666666666666', '0.6666'],
      'select 10.5 / 4::smallint': '2.6250000',
      'select 1.0 / 3000000000': '0.000000000333333333333',
      'select 1::decimal(4,2) / 3::decimal(2,0), cast(1 as decimal) / 3': [
        '0.33333',
        '0.33333333333',
      ],
      'select .5 / 3': '0.166666666666',
    }),
    ...gives(`${page}: over 38 digits the scale gives way, down to 4`, {
      'select d / d, d / 3 from wide': ['1.0000', '6.6666'],
      'select sum(price) / count(*) from sale': '402.0000',
      'select sum(price) / sum(fee), avg(price) / 7 from sale': ['6.6666', '57.4285'],
      'select 7::decimal(19,0) / 3::decimal(19,0)': '2.3333333333333333333',
      'select money / (7::decimal(19,0) / 3::decimal(19,0)) from wide': '8.7857',
      'select money * (3::decimal(19,0) / 7::decimal(19,0)) from wide': '8.785714285714285713700',
      'select 100.0 * sum(n) / sum(sum(n)) over () from sale': '100.000000000000000',
    }),
    ...gives(`${page}: the scale of sums and products`, {
      'select price + rate, price - rate, price * rate from sale, wide where id = 1': [
        '731.50',
        '724.50',
        '2548.000',
      ],
      'select price * qty, price + qty from sale where id = 1': ['2912.00', '732.00'],
    }),
    ...gives(`${page}: COALESCE, DECODE and their kin have the greater scale`, {
      'select coalesce(price, rate) / 3 from sale, wide where id = 2': '25.3333333333333',
      'select nvl(rate, price) / 3 from sale, wide where id = 2': '1.1666666666666',
      'select nvl2(id, price, 1) / 3, decode(id, 2, price, 0) / 3 from sale where id = 2': [
        '25.3333333333333',
        '25.3333333333333',
      ],
      'select case when id = 2 then price end / 3, nullif(price, 0) / 3 from sale where id = 2': [
        '25.3333333333333',
        '25.3333333333333',
      ],
      'select abs(-price) / 3, greatest(price, 0) / 3 from sale where id = 2': [
        '25.3333333333333',
        '25.3333333333333',
      ],
    }),
    ...gives(`${page}: whole numbers and floating point as ever`, {
      'select n / qty, 7 / 2, sum(n) / count(*) from sale where id = 1 group by n, qty': [
        '0',
        '3',
        '3',
      ],
      'select f / 2, price / f, price::float / 3 from sale where id = 1': [
        '1.25',
        '291.2',
        '242.666666666667',
      ],
      "select timestamp 'epoch' + 1541121934796 / 1000 * interval '1 second'":
        '2018-11-02 01:25:34',
    }),
    ...gives(`${page}: wherever a division stands`, {
      'with t as (select sum(price) as total, count(*) as n from sale) select total / n, total / n / 7 from t':
        ['402.0000', '57.4285'],
      'with t (a, b) as (select sum(price), 7 from sale) select a / b, t.a / 7 from t': [
        '114.8571',
        '114.8571',
      ],
      'select x / 7 from (select sum(price) from sale) as q (x)': '114.8571',
      'select price / 3 as third, third / 2 from sale where id = 2': [
        '25.3333333333333',
        '12.666666666666650000000000',
      ],
      'select sale.price / other.price, other.price / 3 from sale join other using (id)': [
        '208.000000',
        '1.166666666666',
      ],
      'select count(*) from sale join other on sale.price / other.price > 100': '1',
      'select id from sale where price / 3 < 25.33333333333339 and price / n > 25': '2',
      'select (select max(other.price) / 3 from other where other.id = sale.id) from sale where id = 1':
        '1.166666666666',
      'select price / 3 from sale group by price / 3 having price / 3 > 100 order by price / 3':
        '242.6666666666666',
      'select max(x) from (select price / 3 as x from sale union all select price / 3 from other) as q':
        '242.6666666666666',
      'select "price" / /* c / d */ "n" from sale where id = 2': '25.3333333333333',
      'select ((price) / (n)) from sale where id = 2': '25.3333333333333',
      'select round(price / 3, 1), (price / 3)::decimal(6, 2) from sale where id = 1': [
        '242.7',
        '242.67',
      ],
    }),
    {
      given: ['update sale set price = price / 3'],
      sql: 'select price from sale order by id',
      rows: [['242.67'], ['25.33']],
      fact: `${page}: a column keeps its scale`,
    },
    {
      given: ['create view v as select price / fee as ratio from sale'],
      sql: "select ratio / 2, definition like '%(price / fee) AS ratio%' from v, pg_views where viewname = 'v' limit 1",
      rows: [['3.33333333300000000000', 't']],
      localOnly: true,
      fact: 'the definition of a view has its own words; on a cluster it runs on the leader node',
    },
    {
      given: ['create temp table ratios as select price / fee as ratio from sale'],
      sql: "select type from pg_table_def where tablename = 'ratios'",
      rows: [['numeric(17,9)']],
      fact: `${page}: the type of a computed column`,
    },
    ...isCalled('the column of a computation is called ?column?', {
      'select price / fee from sale': '?column?',
      'select (price / fee) from sale': '?column?',
      'select price / fee ratio, price / n as third from sale': ['ratio', 'third'],
      'select (price / fee)::float, max(price / n) from sale group by 1': ['float8', 'max'],
    }),
    ...refuses(`${page}: division by zero; overflow`, {
      'select price / 0 from sale': ['22012', 'division by zero'],
      'select 1.5 / 0.0': ['22012', 'division by zero'],
      'select 99999999999999999999999999999999999999::decimal(38,0) / 0.001': ['22003'],
      'select price / nothing from sale': ['42703', 'column "nothing" does not exist'],
      'select price / 2 from nowhere': ['42P01', 'relation "nowhere" does not exist'],
    }),
  ],
} satisfies Family
