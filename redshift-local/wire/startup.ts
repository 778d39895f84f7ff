import { databaseName } from '../dialect/names'
import { settingAtStart, unknownSetting } from '../dialect/session-settings'
import { SqlError } from '../errors'
import type { Backend, SessionKey } from './backend'
import type { FrameSocket } from './frames'
import * as messages from './messages'
import { reportedParameters } from './relay'
import type { OpenTls } from './tls'

export interface Startup {
  /** As whom the client signs in, by its own words. */
  user: string
  /** The database that it asks for; ours, where it names none. */
  database: string
  /** What the engine's session starts with, beside its role. */
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

/**
 * Goes through the client's first messages.
 * @param cancel is called for a CancelRequest
 * @param openTls is called where the client asks for TLS; without it TLS is declined
 * @returns undefined when there is no session to serve
 */
export async function startupOf(
  client: FrameSocket,
  cancel: (key: SessionKey) => Promise<void>,
  openTls?: OpenTls,
): Promise<Startup | undefined> {
  let isSecure = false
  for (;;) {
    const body = await client.nextStartup()
    if (body === undefined) return undefined
    const code = body.readInt32BE(0)
    if (code === sslRequest && openTls && !isSecure) {
      await client.secure(messages.SslResponse, await openTls())
      isSecure = true
    } else if (code === sslRequest || code === gssRequest)
      await client.write(messages.NoSslResponse)
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
  const unknown = Object.keys(asked).filter((name) => name.startsWith('_pq_.'))
  const negotiated = minor > 0 || unknown.length > 0
  const settings = settingsOf(asked)
  return {
    user: asked.user ?? '',
    database: asked.database || databaseName,
    offer: negotiated ? messages.NegotiateProtocolVersion(unknown) : Buffer.alloc(0),
    parameters: {
      ...settings,
      database: databaseName,
      client_encoding: 'UTF8',
    },
    greeting: (backend) =>
      Buffer.concat([
        messages.AuthenticationOk,
        ...Object.entries(reportedParameters).map(([name, value]) => {
          const chosen = settings[`redshift.${name}`] ?? value ?? backend.parameters.get(name)
          return messages.ParameterStatus(name, chosen ?? '')
        }),
        messages.BackendKeyData(backend.key),
        messages.ReadyForQuery(backend.status),
      ]),
  }
}

/**
 * What the engine's session starts with: the settings in `options` and among the other parameters. What else is
 * there, the drivers tell of themselves (driver_version, os_version, client_protocol_version).
 */
function settingsOf({ options = '', ...asked }: Record<string, string>): Record<string, string> {
  const chosen = optionsOf(options).map(([name, value]) => {
    const setting = settingAtStart(name, value)
    if (setting === undefined) throw unknownSetting(name)
    return setting
  })
  const brought = Object.entries(asked)
    .map(([name, value]) => settingAtStart(name, value))
    .filter((setting) => setting !== undefined)
  return Object.fromEntries([...chosen, ...brought])
}

/** Reads `-c name=value` and `--name=value`, with a backslash before what would else part them. */
function optionsOf(options: string): [name: string, value: string][] {
  const words = (options.match(/(?:\\.|[^\s\\])+/gs) ?? []).map((word) =>
    word.replaceAll(/\\(.)/gs, '$1'),
  )
  const all: [string, string][] = []
  while (words.length > 0) {
    const word = words.shift()!
    const text = word === '-c' ? words.shift() : /^(?:-c|--)(.+)/s.exec(word)?.[1]
    const [, name, value] = /^([^=]+)=(.*)/s.exec(text ?? '') ?? []
    if (name === undefined || value === undefined) {
      throw new SqlError('42601', `invalid command-line argument for server process: ${word}`)
    }
    all.push([name.replaceAll('-', '_'), value])
  }
  return all
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
