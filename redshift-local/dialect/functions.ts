import { aggregateRules } from './functions/aggregates'
import { catalogRules } from './functions/catalog'
import { conditionRules } from './functions/conditions'
import { dateRules } from './functions/dates'
import type { FunctionRule } from './functions/rule'
import { sessionRules } from './functions/session'
import { textRules } from './functions/texts'
import { lastName, type Visit } from './parse'

/** The functions whose calls are rewritten; all others are the engine's, or of `catalog/`. */
export const functionRules: FunctionRule[] = [
  ...dateRules,
  ...conditionRules,
  ...aggregateRules,
  ...textRules,
  ...sessionRules,
  ...catalogRules,
]

const ruleOf = new Map(functionRules.flatMap((rule) => rule.names.map((name) => [name, rule])))

/** The rule for this node of the syntax tree, if it is a call that has one. */
export function functionRule({ type, node }: Visit): FunctionRule | undefined {
  if (type !== 'FuncCall') return undefined
  const names = node['funcname'] as Visit['node'][]
  if (names.length > 1 && lastName(names.slice(0, 1)) !== 'pg_catalog') return undefined
  return ruleOf.get(lastName(names))
}
