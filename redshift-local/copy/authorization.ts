import type { AccessKeys } from '../../object-store/store'
import type { Cursor } from '../dialect/tokens'
import { SqlError } from '../errors'
import type { Clause } from './clauses'

/** What a COPY or UNLOAD may do: exactly one of them (facts A1). */
export interface Authorization {
  /** Which the local Redshift leaves to the AWS SDK. */
  roles?: string[] | 'default'
  /** Present where the statement carries access keys. Never printed. */
  keys?: AccessKeys
}

/** The three families of facts A1. */
export const authorizations: Clause<Authorization>[] = [
  {
    keyword: 'iam_role',
    sameAs: 'authorization',
    read: (cursor) => ({ roles: cursor.take('default') ? 'default' : rolesOf(cursor.string()) }),
  },
  {
    keyword: 'access_key_id',
    sameAs: 'authorization',
    read: (cursor) => ({ keys: readKeys(cursor) }),
  },
  { keyword: 'credentials', sameAs: 'authorization', read: readCredentials },
  {
    keyword: 'with',
    sameAs: 'authorization',
    read: (cursor) => {
      cursor.expect('credentials')
      return readCredentials(cursor)
    },
  },
]

/** @throws SqlError 42601 where there is none */
export function checkAuthorization(command: string, { roles, keys }: Authorization): void {
  if (!roles && !keys)
    throw new SqlError('42601', `${command} needs IAM_ROLE, CREDENTIALS or ACCESS_KEY_ID`)
}

function readCredentials(cursor: Cursor): Authorization {
  cursor.take('as')
  return credentialsOf(cursor.string())
}

/** Whether there is such an account and role is not asked: the role is not assumed. */
const arn = /^arn:aws[a-z-]*:iam::[^:\s]+:role\/\S+$/

function rolesOf(text: string): string[] {
  const roles = text.split(/,(?=arn:)/)
  if (!roles.every((role) => arn.test(role)))
    throw invalid('An IAM role is arn:aws:iam::<account>:role/<name>.')
  return roles
}

function readKeys(cursor: Cursor): AccessKeys {
  const accessKeyId = cursor.string()
  cursor.expect('secret_access_key')
  const secretAccessKey = cursor.string()
  if (!cursor.takeOneOf('session_token', 'token')) return { accessKeyId, secretAccessKey }
  return { accessKeyId, secretAccessKey, sessionToken: cursor.string() }
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

const invalid = (hint?: string) =>
  new SqlError(
    'XX000',
    "Invalid credentials. Must be of the format: credentials 'aws_iam_role=...' or " +
      "'aws_access_key_id=...;aws_secret_access_key=...[;token=...]'",
    { hint },
  )
