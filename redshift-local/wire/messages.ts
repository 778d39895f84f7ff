import type { ResultColumn } from '../dialect/parse'
import { SqlError } from '../errors'

/**
 * The messages that the server itself writes, by the names and layouts of the PostgreSQL manual,
 * "Message Formats" (53.7).
 */

/** Fields of ErrorResponse and NoticeResponse by their letters (53.8): C is the SQLSTATE, M the message. */
export type Fields = Record<string, string>

export const AuthenticationOk = message('R', int32(0))
export function AuthenticationMD5Password(salt: Buffer): Buffer {
  return message('R', int32(5), salt)
}

export const SslResponse = Buffer.from('S')
export const NoSslResponse = Buffer.from('N')

export function ParameterStatus(name: string, value: string): Buffer {
  return message('S', cString(name), cString(value))
}

/** Tells a client of a later protocol, or one with options of its own, what it gets: 3.0 and none. */
export function NegotiateProtocolVersion(unknownOptions: string[]): Buffer {
  return message('v', int32(3 << 16), int32(unknownOptions.length), ...unknownOptions.map(cString))
}

export function BackendKeyData({ pid, secret }: { pid: number; secret: number }): Buffer {
  return message('K', int32(pid), int32(secret))
}

export function ReadyForQuery(status: string): Buffer {
  return message('Z', Buffer.from(status))
}

export function CommandComplete(tag: string): Buffer {
  return message('C', cString(tag))
}

export function ErrorResponse(fields: Fields): Buffer {
  return message('E', ...fieldBytes(fields))
}

export function NoticeResponse(fields: Fields): Buffer {
  return message('N', ...fieldBytes(fields))
}

/** The fields of an error of ours. */
export function errorFields(error: SqlError): Fields {
  const { severity = 'ERROR', detail, hint, position, routine } = error.fields
  const all = { S: severity, C: error.sqlstate, M: error.message, D: detail, H: hint }
  const rest = { P: position?.toString(), R: routine }
  return Object.fromEntries(
    Object.entries({ ...all, ...rest }).filter(
      (field): field is [string, string] => field[1] !== undefined,
    ),
  )
}

/** Reads the body of an ErrorResponse or NoticeResponse. */
export function readFields(body: Buffer): Fields {
  const fields: Fields = {}
  for (let at = 0; body[at] !== 0 && at < body.length;) {
    const end = body.indexOf(0, at + 1)
    fields[String.fromCharCode(body[at]!)] = body.toString('utf8', at + 1, end)
    at = end + 1
  }
  return fields
}

/** The zero-terminated strings at the start of `body`, and the offset behind the last. */
export function readStrings(body: Buffer, count: number): { strings: string[]; end: number } {
  const strings: string[] = []
  let at = 0
  while (strings.length < count) {
    const end = body.indexOf(0, at)
    if (end < 0) break
    strings.push(body.toString('utf8', at, end))
    at = end + 1
  }
  return { strings, end: at }
}

/** The values of a DataRow, as text; NULL is undefined. */
export function readDataRow(body: Buffer): (string | undefined)[] {
  const row: (string | undefined)[] = []
  for (let at = 2; row.length < body.readInt16BE(0);) {
    const length = body.readInt32BE(at)
    at += 4
    row.push(length < 0 ? undefined : body.toString('utf8', at, at + length))
    if (length > 0) at += length
  }
  return row
}

/** The columns of a RowDescription, with the numbers of their types. */
export function readColumns(body: Buffer): ResultColumn[] {
  const columns: ResultColumn[] = []
  for (let at = 2; columns.length < body.readInt16BE(0); at += 18) {
    const end = body.indexOf(0, at)
    columns.push({
      name: body.toString('utf8', at, end),
      type: body.readUInt32BE(end + 7),
      modifier: body.readInt32BE(end + 13),
    })
    at = end + 1
  }
  return columns
}

/** The types of parameters, at the end of a Parse. */
export function readTypes(bytes: Buffer): number[] {
  const count = bytes.length >= 2 ? bytes.readUInt16BE(0) : -1
  if (bytes.length !== 2 + 4 * count) throw malformed()
  return Array.from({ length: count }, (_, i) => bytes.readInt32BE(2 + 4 * i))
}

/** How many parameters a Bind gives. @param bytes from the count of format codes on */
export function boundParameters(bytes: Buffer): number {
  const at = bytes.length >= 2 ? 2 + 2 * bytes.readUInt16BE(0) : bytes.length
  if (bytes.length < at + 2) throw malformed()
  return bytes.readUInt16BE(at)
}

export function malformed(): SqlError {
  return new SqlError('08P01', 'invalid message format')
}

function fieldBytes(fields: Fields): Buffer[] {
  const bytes = Object.entries(fields).map(([letter, text]) => cString(letter + text))
  return [...bytes, Buffer.from([0])]
}

function message(type: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body])
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

function cString(text: string): Buffer {
  return Buffer.from(`${text.replaceAll('\0', '')}\0`)
}
