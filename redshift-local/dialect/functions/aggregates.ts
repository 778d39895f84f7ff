import { type FunctionRule, wholePartition } from './rule'

export const aggregateRules: FunctionRule[] = [
  {
    names: ['listagg', 'listagg_distinct'],
    fact: 'E: LISTAGG([DISTINCT] e[,delim]) [WITHIN GROUP(ORDER BY)]',
    example:
      "select listagg(distinct a, '; ') within group (order by a desc) from (select 'x' as a union all select 'y') t, one",
    expected: ['y; x'],
    label: 'listagg',
    rewrite(call) {
      const distinct = call.name === 'listagg_distinct' ? 'distinct ' : ''
      call.replace(() => {
        const [value, delimiter = "''"] = call.args.map((_, i) => call.arg(i))
        if (call.node['over'] !== undefined) {
          const over = `over (${call.clause('over')} ${call.clause('within')} ${wholePartition})`
          return distinct
            ? `array_to_string(redshift_catalog.distinct_texts((${value})::text) ${over}, ${delimiter})`
            : `redshift_catalog.listagg(${value}, ${delimiter}) ${over}`
        }
        return `redshift_catalog.listagg(${distinct}${value}, ${delimiter} ${call.clause('within')})`
      }, 'listagg')
    },
  },
  {
    names: ['median'],
    fact: 'E: MEDIAN = PERCENTILE_CONT(.5); of whole numbers a DECIMAL',
    example: 'select median(a) from (select 1 as a union all select 4) t, one',
    expected: ['2.5'],
    label: 'median',
    rewrite: (call) => call.rename('redshift_catalog.median'),
  },
  {
    names: ['ratio_to_report'],
    fact: 'E: RATIO_TO_REPORT',
    example:
      'select ratio_to_report(a) over () from (select 1 as a union all select 3) t order by a',
    expected: [0.25, 0.75],
    label: 'ratio_to_report',
    rewrite(call) {
      call.replace(() => {
        const value = `(${call.arg(0)})::float8`
        return `(${value} / nullif(sum(${value}) over (${call.clause('over')}), 0))`
      }, 'ratio_to_report')
    },
  },
  {
    names: ['avg'],
    fact: 'E: AVG is BIGINT of whole numbers, and of DECIMAL is cut to its scale',
    example:
      'select avg(a)::varchar as x from (select 2.50 as a union all select 3.75 union all select 1.9) t',
    expected: ['2.71'],
    rewrite(call) {
      call.replace(() => {
        const of = `(${call.isDistinct ? 'distinct ' : ''}${call.arg(0)})${call.over()}`
        return `redshift_catalog.average(redshift_catalog.avg${of}, pg_catalog.sum${of})`
      }, 'avg')
    },
  },
  {
    names: ['sum'],
    fact: 'E: SUM is BIGINT of whole numbers, also of BIGINT, and DOUBLE PRECISION of REAL',
    example: 'select sum(a) from (select 9007199254740993 as a union all select 1) t',
    expected: ['9007199254740994'],
    label: 'sum',
    rewrite: (call) => call.rename('redshift_catalog.sum'),
  },
  {
    names: ['stddev', 'stddev_samp', 'stddev_pop', 'variance', 'var_samp', 'var_pop'],
    fact: 'docs r_STDDEV_functions, r_VARIANCE_functions: DOUBLE PRECISION of every number',
    example: 'select var_pop(a) from (select 1 as a union all select 2) t',
    expected: [0.25],
    label: 'var_pop',
    rewrite: (call) => call.rename(`redshift_catalog.${call.name}`),
  },
]
