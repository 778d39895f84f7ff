import { isUtf8 } from 'node:buffer'

/**
 * Bytes to text, piece by piece. A byte that is not UTF-8 becomes the lone surrogate U+DC00 + byte,
 * so that the field which holds it can name it, replace it or refuse it.
 */
export class Utf8Decoder {
  #carry: Buffer = Buffer.alloc(0)

  decode(piece: Buffer): string {
    const bytes = this.#carry.length > 0 ? Buffer.concat([this.#carry, piece]) : piece
    const whole = wholeCharacters(bytes)
    this.#carry = Buffer.from(bytes.subarray(whole))
    const head = bytes.subarray(0, whole)
    return isUtf8(head) ? head.toString() : decodeMarked(head)
  }

  end(): string {
    return decodeMarked(this.#carry)
  }
}

/** How many of the bytes come before a character that is cut off at their end. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!
    if (byte < 0x80) return bytes.length
    if (byte >= 0xc0) return sizeByLead(byte) > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}

/** Bytes of a character by its first byte; 1 where none begins with it. */
export function sizeByLead(byte: number): number {
  return byte < 0xc2 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : byte < 0xf5 ? 4 : 1
}

function decodeMarked(bytes: Buffer): string {
  let text = ''
  let valid = 0
  for (let at = 0; at < bytes.length;) {
    const size = bytes[at]! < 0x80 ? 1 : sizeByLead(bytes[at]!)
    if (isUtf8(bytes.subarray(at, at + size))) {
      at += size
      continue
    }
    text += bytes.toString('utf8', valid, at) + String.fromCharCode(0xdc00 + bytes[at]!)
    valid = ++at
  }
  return text + bytes.toString('utf8', valid)
}

/** The whole characters of a text without marks that fit into so many bytes of UTF-8. */
export function cutBytes(text: string, bytes: number): string {
  const whole = Buffer.from(text)
  if (whole.length <= bytes) return text
  let end = bytes
  while (end > 0 && (whole[end]! & 0xc0) === 0x80) end--
  return whole.toString('utf8', 0, end)
}

/** The bytes of marked text as they were in the file. */
export function markedBytes(text: string): Buffer {
  const pieces = text.split(/([\ud800-\udbff][\udc00-\udfff])|([\udc80-\udcff])/)
  return Buffer.concat(
    pieces
      .filter((piece) => piece)
      .map((piece) =>
        isMark(piece) ? Buffer.from([piece.charCodeAt(0) - 0xdc00]) : Buffer.from(piece),
      ),
  )
}

function isMark(piece: string): boolean {
  return piece.length === 1 && piece >= '\udc80' && piece <= '\udcff'
}
