import type { FunctionRule } from './rule'

export const numberRules: FunctionRule[] = [
  {
    names: ['exp', 'ln', 'sqrt', 'cbrt', 'power', 'pow'],
    fact: 'E: logarithms, roots and powers are DOUBLE PRECISION, also of DECIMAL',
    example: 'select sqrt(round(16.4))',
    expected: [4],
    label: 'sqrt',
    rewrite: (call) => call.rename(`redshift_catalog.${call.name}`),
  },
  {
    names: ['log'],
    fact: 'docs r_LOG: LOG is DLOG10, and its column is called so',
    example: 'select log(1000)',
    expected: [3],
    label: 'dlog10',
    rewrite: (call) => call.rename('dlog10'),
  },
  {
    names: ['floor', 'ceil', 'ceiling', 'round', 'trunc', 'sign'],
    fact: 'E: what rounds gives the type of its argument',
    example: 'select round(125::bigint, -1)',
    expected: ['130'],
    label: 'round',
    rewrite: (call) => call.rename(`redshift_catalog.${call.name}`),
  },
]
