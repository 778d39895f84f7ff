import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Pool } from 'pg'
import { clientUser } from '../catalog/install'
import { SqlError } from '../errors'
import { engineGone } from './backend'
import type { FrameSocket } from './frames'
import { AuthenticationMD5Password, readStrings } from './messages'
import { ConnectionClosed } from './outgoing'

/** More than any answer takes, in bytes: who has not signed in yet gets no more memory. */
const largestAnswer = 10_000

/**
 * Has the client prove that it knows the password, where the server asks for one: a user that CREATE USER made
 * knows its own, any other name the server's.
 * @returns the engine's role of the session: the user's own; awsuser's for a superuser and for any other name
 * @throws SqlError that ends the session where it does not
 */
export async function signIn(
  client: FrameSocket,
  user: string,
  log: Pool,
  password?: string,
): Promise<string> {
  const made = user === clientUser ? undefined : await madeUser(log, user).catch(toldIfGone)
  if (password !== undefined) {
    const kept = made ? made.password : md5(password + user)
    await checkPassword(client, user, kept)
  }
  return made && !made.isSuperuser ? user : clientUser
}

// What PostgreSQL itself says has an SQLSTATE, of five characters.
function toldIfGone(error: Error & { code?: string }): never {
  throw error.code?.length === 5 ? error : engineGone(error)
}

interface MadeUser {
  /** The MD5 of password and name; undefined where there is none, or it is valid no more. */
  password: string | undefined
  isSuperuser: boolean
}

async function madeUser(log: Pool, user: string): Promise<MadeUser | undefined> {
  const { rows } = await log.query<{ hash: string | null; superuser: boolean }>(
    `select case when rolvaliduntil < now() then null else substr(rolpassword, 4) end as hash,
      coalesce((redshift_catalog.attributes(oid)->>'superuser')::boolean, false) as superuser
    from pg_authid
    where rolname = $1 and rolcanlogin and not rolsuper and rolname <> $2`,
    [user, clientUser],
  )
  const [found] = rows
  return found && { password: found.hash ?? undefined, isSuperuser: found.superuser }
}

/** By MD5 as Redshift does, which every driver can. @param kept the MD5 of password and name */
async function checkPassword(
  client: FrameSocket,
  user: string,
  kept: string | undefined,
): Promise<void> {
  const salt = randomBytes(4)
  await client.write(AuthenticationMD5Password(salt))
  const answer = await client.next(largestAnswer)
  if (answer === undefined) throw new ConnectionClosed()
  const [given = ''] = answer.type === 'p' ? readStrings(answer.body, 1).strings : []
  const expected = `md5${md5(Buffer.concat([Buffer.from(kept ?? ''), salt]))}`
  if (kept !== undefined && isSame(given, expected)) return
  throw new SqlError('28000', `password authentication failed for user "${user}"`, {
    severity: 'FATAL',
  })
}

function md5(data: string | Buffer): string {
  return createHash('md5').update(data).digest('hex')
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}
