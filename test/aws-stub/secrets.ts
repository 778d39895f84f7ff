import { type Action, action, demand, known } from './action'
import type { Account } from './account'
import { Refusal } from './refusal'

export interface Secret {
  name: string
  arn: string
  text: string
  /** The service that made it, and deletes it. */
  owner: string
}

/** The secrets that Redshift keeps for its administrators. */
export const secrets: Record<string, Action> = {
  GetSecretValue: action<{ SecretId: string }>(['SecretId'], ({ SecretId }, account) => {
    const { arn, name, text } = secretOf(SecretId, account)
    account.handedOut.push(text)
    return { ARN: arn, Name: name, SecretString: text, VersionStages: ['AWSCURRENT'] }
  }),
  DescribeSecret: action<{ SecretId: string }>(['SecretId'], ({ SecretId }, account) => {
    const { arn, name, owner } = secretOf(SecretId, account)
    return { ARN: arn, Name: name, OwningService: owner }
  }),
  ListSecrets: action<{ Filters?: { Key: string; Values: string[] }[] }>(
    [],
    ({ Filters = [] }, { secrets: all }) => {
      const isKnown = Filters.every(({ Key }) => Key === 'name')
      demand(isKnown, 'InvalidParameterException', 'The filter is unknown.')
      const found = [...all.values()].filter(({ name }) =>
        Filters.every(({ Values }) => Values.some((start) => name.startsWith(start))),
      )
      return {
        SecretList: found.map(({ arn, name, owner }) => ({
          ARN: arn,
          Name: name,
          OwningService: owner,
        })),
      }
    },
  ),
}

/** Makes the secret of an administrator; its ARN. */
export function keepSecret(account: Account, of: string, username: string): string {
  const name = `redshift!${of}-${username}`
  const arn = account.arn('secretsmanager', `secret:${name}-${account.number().slice(-6)}`)
  const text = JSON.stringify({ username, password: account.password() })
  account.secrets.set(arn, { name, arn, text, owner: 'redshift' })
  return arn
}

function secretOf(id: string, { secrets }: Account): Secret {
  const byName = [...secrets.values()].find(({ name }) => name === id)
  const words = "Secrets Manager can't find the specified secret."
  return byName ?? known(secrets, id, new Refusal('ResourceNotFoundException', words))
}
