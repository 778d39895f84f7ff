import { SqlError } from '../errors'
import type { TokenReader } from './token-reader'

/** Access keys as COPY may carry them. They are never printed. */
export interface AccessKeys {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
}

/** Who reads the bucket: roles, which the local Redshift leaves to the AWS SDK, or keys. */
export type Authorization = { roles: string[] | 'default' } | { keys: AccessKeys }

const invalid = (hint?: string) =>
  new SqlError(
    'XX000',
    "Invalid credentials. Must be of the format: credentials 'aws_iam_role=...' or " +
      "'aws_access_key_id=...;aws_secret_access_key=...[;token=...]'",
    { hint },
  )

/** The three families of facts A1; a COPY has exactly one of them. */
export const authorizationKeywords = ['iam_role', 'access_key_id', 'with', 'credentials'] as const

export function readAuthorization(
  keyword: (typeof authorizationKeywords)[number],
  tokens: TokenReader,
): Authorization {
  if (keyword === 'iam_role')
    return { roles: tokens.accept('default') ? 'default' : rolesOf(tokens.string()) }
  if (keyword === 'access_key_id') return { keys: readKeys(tokens) }
  if (keyword === 'with') tokens.expect('credentials')
  tokens.accept('as')
  return credentialsOf(tokens.string())
}

const arn = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/

function rolesOf(text: string): string[] {
  const roles = text.split(/,(?=arn:)/)
  if (!roles.every((role) => arn.test(role)))
    throw invalid('An IAM role is arn:aws:iam::<12 digits>:role/<name>.')
  return roles
}

function readKeys(tokens: TokenReader): AccessKeys {
  const accessKeyId = tokens.string()
  tokens.expect('secret_access_key')
  const secretAccessKey = tokens.string()
  if (!tokens.accept('session_token')) return { accessKeyId, secretAccessKey }
  return { accessKeyId, secretAccessKey, sessionToken: tokens.string() }
}

function credentialsOf(text: string): Authorization {
  const pairs = new Map(
    text.split(';').map((pair): [string, string] => {
      const equals = pair.indexOf('=')
      return [pair.slice(0, equals), pair.slice(equals + 1)]
    }),
  )
  if (pairs.has('master_symmetric_key'))
    throw new SqlError('0A000', 'ENCRYPTED is not supported by the local Redshift')
  const role = pairs.get('aws_iam_role')
  if (role !== undefined && pairs.size === 1) return { roles: rolesOf(role) }
  const accessKeyId = pairs.get('aws_access_key_id')
  const secretAccessKey = pairs.get('aws_secret_access_key')
  const sessionToken = pairs.get('token')
  if (!accessKeyId || !secretAccessKey || pairs.size !== (sessionToken ? 3 : 2)) throw invalid()
  return { keys: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) } }
}
