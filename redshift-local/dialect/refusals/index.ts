import { aggregateRefusals } from './aggregates'
import { callRefusals } from './calls'
import { correlationRefusals } from './correlated'
import { expressionRefusals } from './expressions'
import { familyRefusals } from './families'
import { queryRefusals } from './queries'
import { statementRefusals as statements } from './statements'
import { typeRefusals } from './types'
import { writeRefusals } from './writes'

export { readerRefusals } from './definitions'
export type { Refusal } from './refusal'
export { wordRefusals } from './words'

/** The first that fits is the answer. */
export const statementRefusals = [...familyRefusals, ...statements]
export const nodeRefusals = [
  ...queryRefusals,
  ...expressionRefusals,
  ...aggregateRefusals,
  ...callRefusals,
  ...typeRefusals,
  ...correlationRefusals,
  ...writeRefusals,
]
