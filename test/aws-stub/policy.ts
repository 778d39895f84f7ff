/** An IAM policy document: Allow statements, with the conditions that a warehouse's caller needs. */
export interface Policy {
  Version: string
  Statement: Statement[]
}

interface Statement {
  Sid: string
  Effect: 'Allow'
  Action: string | string[]
  Resource: string | string[]
  Condition?: Record<string, Record<string, string | string[]>>
}

/** What somebody wants to do: an action on a resource, and what conditions can ask about it. */
export interface Wish {
  action: string
  resource: string
  context: Record<string, string>
}

/** True where a statement of the policy allows the wish. */
export function allows({ Statement }: Policy, wish: Wish): boolean {
  return Statement.some(
    ({ Action, Resource, Condition = {} }) =>
      anyMatches(Action, wish.action) &&
      anyMatches(Resource, wish.resource) &&
      Object.entries(Condition).every((condition) => isMet(condition, wish)),
  )
}

/** The actions that a policy names. */
export function actionsOf({ Statement }: Policy): string[] {
  return [...new Set(Statement.flatMap(({ Action }) => Action))]
}

/** What the conditions of the statements that might allow a wish ask about and it does not say. */
export function missingFor({ Statement }: Policy, wish: Wish): string[] {
  const near = Statement.filter(
    ({ Action, Resource }) =>
      anyMatches(Action, wish.action) && anyMatches(Resource, wish.resource),
  )
  const asked = near.flatMap(({ Condition = {} }) => Object.values(Condition).flatMap(Object.keys))
  return [...new Set(asked)].filter((key) => wish.context[key] === undefined)
}

function isMet(
  [operator, keys]: [string, Record<string, string | string[]>],
  { context }: Wish,
): boolean {
  if (!['StringEquals', 'StringLike'].includes(operator)) {
    throw new Error(
      `The policy has a condition ${operator}: StringEquals or StringLike is expected.`,
    )
  }
  return Object.entries(keys).every(
    ([key, values]) => context[key] !== undefined && anyMatches(values, context[key]),
  )
}

function anyMatches(patterns: string | string[], text: string): boolean {
  return [patterns].flat().some((pattern) => matches(pattern, text))
}

/** `*` is any text, `?` any character. A wish for `*` is met by `*` only. */
function matches(pattern: string, text: string): boolean {
  const literal = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${literal.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(text)
}
