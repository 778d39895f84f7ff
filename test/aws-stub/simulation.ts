import type { Account } from './account'
import { type Action, action } from './action'
import { type Wish, allows, missingFor } from './policy'

interface Question {
  PolicySourceArn: string
  ActionNames: string[]
  ResourceArns?: string[]
  ContextEntries?: { ContextKeyName: string; ContextKeyValues: string[] }[]
}

/** What the caller may do, asked beforehand. */
export const simulation: Record<string, Action> = {
  SimulatePrincipalPolicy: action<Question>(
    ['PolicySourceArn', 'ActionNames'],
    ({ ActionNames, ResourceArns = ['*'], ContextEntries = [] }, account) => {
      const context = Object.fromEntries(
        ContextEntries.map(({ ContextKeyName, ContextKeyValues }) => [
          ContextKeyName,
          ContextKeyValues[0] ?? '',
        ]),
      )
      const results = ActionNames.flatMap((name) =>
        ResourceArns.map((resource) => judged(account, { action: name, resource, context })),
      )
      return { EvaluationResults: { member: results }, IsTruncated: false }
    },
  ),
}

function judged({ policy }: Account, wish: Wish) {
  const isAllowed = !policy || allows(policy, wish)
  return {
    EvalActionName: wish.action,
    EvalResourceName: wish.resource,
    EvalDecision: isAllowed ? 'allowed' : 'implicitDeny',
    MissingContextValues: { member: isAllowed || !policy ? [] : missingFor(policy, wish) },
  }
}
