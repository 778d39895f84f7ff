import type { Case, Family } from '../case'

/** The definition of a view of this query has these words in it. */
const tells = (query: string, words: string): Case => ({
  given: [`create view v as ${query}`],
  sql: `select definition like '%${words.replaceAll("'", "''")}%' from pg_views where viewname = 'v'`,
  rows: [['t']],
  fact: 'docs r_SHOW_VIEW: the definition of a view is in the words that make it',
})

export default {
  given: ['create table t (a int, n decimal(8, 2), ts timestamp)'],
  cases: [
    tells('select avg(n) as x from t', 'avg(n) AS x'),
    tells('select avg(a) over (partition by ts) as x from t', 'avg(a) OVER (PARTITION BY ts) AS x'),
    tells('select avg(a + 1) + avg(n) as x from t', '(avg((a + 1)))::numeric + avg(n)'),
    tells('select sum(a) as x, count(*) as y from t', 'sum(a) AS x'),
    tells('select dateadd(year, 1, ts) as x from t', 'dateadd(year, (1)::bigint, ts)'),
    tells('select dateadd(w, a, ts) as x from t', 'dateadd(week, (a)::bigint, ts)'),
    tells('select dateadd(ms, 5, ts) as x from t', 'dateadd(millisecond, (5)::bigint, ts)'),
    tells('select datediff(qtr, ts, getdate()) as x from t', 'datediff(quarter, ts, getdate())'),
    tells('select extract(dow from ts) as x from t', 'extract(dow from ts)'),
    tells('select date_part(h, ts) as x from t', "date_part('hour'::text, ts)"),
    tells('select current_date as x, sysdate as y from t', 'current_date AS x'),
    tells('select round(n, 1) as x, ln(a) as y from t', 'round(n, 1) AS x'),
  ],
} satisfies Family
