import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { SqlError } from '../errors'
import type { FrameSocket } from './frames'
import { AuthenticationMD5Password, readStrings } from './messages'
import { ConnectionClosed } from './outgoing'

/** More than any answer takes, in bytes: who has not signed in yet gets no more memory. */
const largestAnswer = 10_000

/**
 * Has the client prove that it knows the password, by MD5 as Redshift does, which every driver can.
 * @throws SqlError that ends the session where it does not
 */
export async function checkPassword(
  client: FrameSocket,
  user: string,
  password: string,
): Promise<void> {
  const salt = randomBytes(4)
  await client.write(AuthenticationMD5Password(salt))
  const answer = await client.next(largestAnswer)
  if (answer === undefined) throw new ConnectionClosed()
  const [given = ''] = answer.type === 'p' ? readStrings(answer.body, 1).strings : []
  const expected = `md5${md5(Buffer.concat([Buffer.from(md5(password + user)), salt]))}`
  if (isSame(given, expected)) return
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
