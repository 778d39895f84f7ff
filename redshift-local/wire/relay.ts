import { defaultEncoding } from '../dialect/session-settings'
import { asRedshiftSays, isForClient } from '../dialect/server-errors'
import type { Translation } from '../dialect/rewrite'
import { EngineRefusal } from './backend'
import { type ClientStatement, positionInText } from './client-statement'
import type { SessionContext } from './context'
import * as messages from './messages'

/**
 * Passes the engine's answer on, up to a message of the types `ends`.
 * @returns what the client is to get when the statement is complete
 * @throws EngineRefusal for the engine's ErrorResponse
 */
export async function relay(
  { client, backend }: SessionContext,
  ends: string,
  statement?: ClientStatement,
): Promise<Buffer> {
  let complete: Buffer = Buffer.alloc(0)
  let refusal: EngineRefusal | undefined
  for (;;) {
    const { type, raw, body } = await backend.nextToPass()
    switch (type) {
      case 'C': // CommandComplete
        complete = completion(raw, statement)
        break
      case 'I': // EmptyQueryResponse
      case 's': // PortalSuspended
        complete = Buffer.from(raw)
        break
      case 'E': // ErrorResponse
        refusal = refusalOf(body, statement)
        break
      case 'N': {
        // NoticeResponse
        const fields = messages.readFields(body)
        if (isForClient(fields)) await client.write(messages.NoticeResponse(asRedshiftSays(fields)))
        break
      }
      case 'S': // ParameterStatus
        if (isReported(body)) await client.write(raw)
        break
      case 'Z': // ReadyForQuery, which whoever asked for the answer sends
      case 'A': // NotificationResponse, which Redshift has not
        break
      default:
        await client.write(raw)
    }
    if (ends.includes(type) || (refusal && !ends.includes('Z'))) break
  }
  if (refusal) throw refusal
  return complete
}

/** Sends the client what its statement has to say beside its result. */
export async function sendNotices(
  { client }: SessionContext,
  { notices = [], reports = {} }: Pick<Translation, 'notices' | 'reports'>,
): Promise<void> {
  for (const [name, value] of Object.entries(reports)) {
    await client.write(messages.ParameterStatus(name, value))
  }
  for (const { severity, message } of notices) {
    await client.write(messages.NoticeResponse({ S: severity, C: '00000', M: message }))
  }
}

/**
 * The parameters that a client is told of, and the value of those that are Redshift's own, as the logs in
 * aws/amazon-redshift-jdbc-driver#6, #39 and #115 show them. Without server_protocol_version its drivers speak
 * the protocol of old clusters: RowDescription as PostgreSQL has it, and numbers that are not in Redshift's
 * binary format.
 */
export const reportedParameters: Record<string, string | undefined> = {
  server_version: '8.0.2',
  server_encoding: 'UNICODE',
  client_encoding: defaultEncoding,
  is_superuser: 'on',
  session_authorization: undefined,
  DateStyle: undefined,
  TimeZone: undefined,
  integer_datetimes: undefined,
  application_name: undefined,
  case_sensitive: 'on',
  timezone_abbreviations: 'Default',
  padb_version: '1.0.78890',
  padb_revision: 'local',
  max_numeric_precision: '38',
  max_varchar_size: '65535',
  datashare_enabled: 'off',
}

// What has a value of Redshift's own never changes for the client.
function isReported(body: Buffer): boolean {
  const [name = ''] = messages.readStrings(body, 1).strings
  return name in reportedParameters && reportedParameters[name] === undefined
}

// A COMMIT that ends a failed transaction is told as ROLLBACK.
function completion(raw: Buffer, statement?: ClientStatement): Buffer {
  const tag = statement?.transaction === 'commit' ? undefined : statement?.tag
  return tag === undefined ? Buffer.from(raw) : messages.CommandComplete(tag)
}

function refusalOf(body: Buffer, statement?: ClientStatement): EngineRefusal {
  const { P, ...fields } = messages.readFields(body)
  const position = P && statement ? positionInText(statement, Number(P)) : undefined
  return new EngineRefusal(position === undefined ? fields : { ...fields, P: String(position) })
}
