import { explanationOf } from './explained'
import type { Judged } from './run'

/** How the guide's statements fare. */
export interface Figures {
  /** Leaks on the pages of functions, DDL, DML and queries. */
  leaksOfStatements: number
  /** Of all statements, in percent. */
  leaks: number
  /** Printed results that are not equal, and not explained. */
  differences: number
  /** In percent, of what can be carried out here. */
  accepted: number
}

const kindsOfStatements = [
  'functions (no table)',
  'SELECT over tables',
  'DML',
  'DDL tables, views, schemas',
]

// What is refused by name as a whole.
const kindsNotCarriedOut = new Set([
  'spatial',
  'external / Spectrum',
  'datashare',
  'ML',
  'RLS / masking',
  'SUPER',
  'HLL / VARBYTE',
  'materialized view',
  'procedure / UDF',
])
const namesNotCarriedOut =
  /not kept by|pivot|super|varbyte|hll|geometry|geography|st_|external|datashare|model|policy|materialized|procedure|function|library|parquet|orc|avro|shapefile|json_parse|object_transform|get_array|split_to_array|subarray|array|encrypted|lzop|zstd|ssh|emr|dynamodb|identity provider/i

/** The figures over all pages. */
export function figuresOf(judged: Judged[]): Figures {
  const open = judged.filter((one) => explanationOf(one) === undefined)
  const leaks = open.filter(({ verdict }) => verdict === 'leak')
  const within = open.filter(isWithin)
  const accepted = within.filter(({ verdict }) => verdict === 'accepted' || verdict === 'own error')
  return {
    leaksOfStatements: leaks.filter(({ kind }) => kindsOfStatements.includes(kind)).length,
    leaks: (100 * leaks.length) / judged.length,
    differences: open.filter(({ verdict }) => verdict === 'differs').length,
    accepted: (100 * accepted.length) / within.length,
  }
}

/** Whether a statement is one that could be carried out here: its page makes what it needs. */
export function isWithin({ kind, verdict, note, compared }: Judged): boolean {
  if (kindsNotCarriedOut.has(kind)) return false
  if (verdict === 'named') return !namesNotCarriedOut.test(note)
  return verdict !== 'own error' || compared
}
