import { clientUser, databaseName } from '../catalog/install'
import { SqlError } from '../errors'
import type { Backend, SessionKey } from './backend'
import type { FrameSocket } from './frames'
import * as messages from './messages'
import { reportedParameters } from './relay'

export interface Startup {
  /** As whom the client signs in, by its own words. */
  user: string
  /** The database that it asks for; ours, where it names none. */
  database: string
  /** What the engine's session starts with. */
  parameters: Record<string, string>
  /** What the client is told before it signs in. */
  offer: Buffer
  /** What it is told once the engine's session stands. */
  greeting: (backend: Backend) => Buffer
}

// Request codes of the manual's "Message Formats" (53.7).
const cancelRequest = 80877102
const sslRequest = 80877103
const gssRequest = 80877104

/** Settings that a client may bring; the rest of its start-up message is about us, not the engine. */
const passedOn = [
  'application_name',
  'options',
  'statement_timeout',
  'TimeZone',
  'DateStyle',
  'search_path',
]

/**
 * Goes through the client's first messages.
 * @param cancel is called for a CancelRequest
 * @returns undefined when there is no session to serve
 */
export async function startupOf(
  client: FrameSocket,
  cancel: (key: SessionKey) => Promise<void>,
): Promise<Startup | undefined> {
  for (;;) {
    const body = await client.nextStartup()
    if (body === undefined) return undefined
    const code = body.readInt32BE(0)
    if (code === sslRequest || code === gssRequest) await client.write(messages.NoSslResponse)
    else if (code !== cancelRequest) return startupMessage(code, body.subarray(4))
    else {
      // The client's connection is closed when the cancel has been passed on: it waits for that.
      if (body.length === 12)
        await cancel({ pid: body.readInt32BE(4), secret: body.readInt32BE(8) })
      return undefined
    }
  }
}

function startupMessage(code: number, body: Buffer): Startup {
  const [major, minor] = [code >> 16, code & 0xffff]
  if (major !== 3) {
    const message = `unsupported frontend protocol ${major}.${minor}: server supports 3.0`
    throw new SqlError('0A000', message, { severity: 'FATAL' })
  }
  const asked = pairs(body)
  refuseOtherEncodings(asked.client_encoding)
  const unknown = Object.keys(asked).filter((name) => name.startsWith('_pq_.'))
  const negotiated = minor > 0 || unknown.length > 0
  const kept = passedOn.filter((name) => name in asked).map((name) => [name, asked[name]])
  return {
    user: asked.user ?? '',
    database: asked.database || databaseName,
    offer: negotiated ? messages.NegotiateProtocolVersion(unknown) : Buffer.alloc(0),
    parameters: {
      ...(Object.fromEntries(kept) as Record<string, string>),
      user: clientUser,
      database: databaseName,
      client_encoding: 'UTF8',
    },
    greeting: (backend) =>
      Buffer.concat([
        messages.AuthenticationOk,
        ...Object.entries(reportedParameters).map(([name, value]) =>
          messages.ParameterStatus(name, value ?? backend.parameters.get(name) ?? ''),
        ),
        messages.BackendKeyData(backend.key),
        messages.ReadyForQuery(backend.status),
      ]),
  }
}

// psql asks for SQL_ASCII where no locale is set: bytes as they are, and they are UTF-8.
function refuseOtherEncodings(encoding = 'UTF8'): void {
  const name = encoding.replaceAll(/[-_'"]/g, '').toUpperCase()
  if (['UTF8', 'UNICODE', 'SQLASCII'].includes(name)) return
  const message = `conversion between ${encoding} and UNICODE is not supported`
  throw new SqlError('22023', message, { severity: 'FATAL', hint: 'Set client_encoding to UTF8.' })
}

function pairs(body: Buffer): Record<string, string> {
  const all: Record<string, string> = {}
  let at = 0
  while (at < body.length && body[at] !== 0) {
    const { strings, end } = messages.readStrings(body.subarray(at), 2)
    const [name, value] = strings
    if (name === undefined || value === undefined) break
    all[name] = value
    at += end
  }
  if (at !== body.length - 1) {
    const message = 'invalid startup packet layout: expected terminator as last byte'
    throw new SqlError('08P01', message, { severity: 'FATAL' })
  }
  return all
}
