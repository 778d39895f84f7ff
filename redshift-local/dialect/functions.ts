import { isKnownFunction } from './function-names'
import { aggregateRules } from './functions/aggregates'
import { conditionRules } from './functions/conditions'
import { dateRules } from './functions/dates'
import { numberRules } from './functions/numbers'
import type { FunctionRule } from './functions/rule'
import { systemRules } from './functions/system'
import { textRules } from './functions/texts'
import { windowRules } from './functions/windows'
import { readsCatalogOnly } from './leader-node'
import { lastName, type Node, type Visit } from './parse'
import { quoteName } from './tokens'

/** The functions whose calls are rewritten; all others are the engine's, or of `catalog/`. */
export const functionRules: FunctionRule[] = [
  ...dateRules,
  ...conditionRules,
  ...aggregateRules,
  ...windowRules,
  ...textRules,
  ...numberRules,
  ...systemRules,
]

const ruleOf = new Map(functionRules.flatMap((rule) => rule.names.map((name) => [name, rule])))

/** The rule for this node of the syntax tree, if it is a call that has one. */
export function functionRule({ type, node }: Visit, tree: Node[]): FunctionRewrite | undefined {
  if (type !== 'FuncCall') return undefined
  const names = node['funcname'] as Node[]
  if (names.length > 1 && lastName(names.slice(0, 1)) !== 'pg_catalog') return undefined
  const name = lastName(names)
  return ruleOf.get(name) ?? (isHidden(name, node, tree) ? hidden : undefined)
}

/** How a call is made the engine's. */
export type FunctionRewrite = Pick<FunctionRule, 'rewrite'>

/**
 * What the engine has and Redshift has not is looked up in a schema without functions: the engine then says,
 * with the types of the arguments, that it does not exist.
 */
const hidden: FunctionRewrite = {
  rewrite: (call) => call.rename(`information_schema.${quoteName(call.name)}`),
}

function isHidden(name: string, { funcformat }: Node, tree: Node[]): boolean {
  if (isKnownFunction(name) || /^(pg|has|inet)_/.test(name)) return false
  return funcformat === 'COERCE_EXPLICIT_CALL' && !readsCatalogOnly(tree)
}
