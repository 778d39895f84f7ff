import type { Account } from './account'
import type { Call } from './call'
import { type Wish, allows } from './policy'
import { Refusal } from './refusal'
import { wishesOf } from './wishes'

/** Refuses what the caller's policy does not allow, in the words of the service; with none, nothing. */
export function checkPermission(call: Call, account: Account): Wish[] {
  const { policy } = account
  const wishes = wishesOf(call, account)
  const refused = policy && wishes.find((wish) => !allows(policy, wish))
  if (!refused) return wishes
  const { action, resource } = refused
  const words =
    `User: ${account.arn('iam', `user/${account.user}`)} is not authorized to perform: ${action} ` +
    `on resource: ${resource} because no identity-based policy allows the ${action} action`
  throw denied(call.service, words)
}

/** A missing permission as each service tells it. */
function denied(service: string, words: string): Refusal {
  if (service === 'ec2') {
    return new Refusal(
      'UnauthorizedOperation',
      `You are not authorized to perform this operation. ${words}`,
      403,
    )
  }
  const isJson = service === 'redshift-serverless' || service === 'secretsmanager'
  return new Refusal(isJson ? 'AccessDeniedException' : 'AccessDenied', words, isJson ? 400 : 403)
}
