const newline = 0x0a
const quote = 0x22
const backslash = 0x5c

/** How much deeper a byte outside a string leads. */
const deeper = new Int8Array(256)
for (const opener of '{[') deeper[opener.charCodeAt(0)] = 1
for (const closer of '}]') deeper[closer.charCodeAt(0)] = -1

/** Follows the bytes of a JSON file: its lines, and whether it ends where an object ends. */
export class TextEnd {
  /** The last byte; undefined before the first one. */
  last: number | undefined
  #newlines = 0
  #depth = 0
  #inString = false
  #escaped = false

  /** The last one counts without a newline, too. */
  get lines(): number {
    return this.#newlines + (this.last === undefined || this.last === newline ? 0 : 1)
  }

  /** Within an object or a string: what follows would be taken for a part of it. */
  get isOpen(): boolean {
    return this.#depth > 0 || this.#inString
  }

  push(bytes: Buffer): void {
    let at = 0
    while (at < bytes.length) at = this.#inString ? this.#string(bytes, at) : this.#rest(bytes, at)
    this.last = bytes.at(-1) ?? this.last
  }

  /** Reads on to the end of a string. @returns where to go on */
  #string(bytes: Buffer, from: number): number {
    let at = from
    let newlines = 0
    let escaped = this.#escaped
    for (; at < bytes.length; at++) {
      const byte = bytes[at]!
      if (byte === newline) newlines++
      if (escaped) escaped = false
      else if (byte === backslash) escaped = true
      else if (byte === quote) break
    }
    this.#newlines += newlines
    this.#escaped = escaped
    this.#inString = at === bytes.length
    return at + 1
  }

  /** Reads on to the beginning of a string. @returns where to go on */
  #rest(bytes: Buffer, from: number): number {
    let at = from
    let depth = this.#depth
    let newlines = 0
    for (; at < bytes.length; at++) {
      const byte = bytes[at]!
      if (byte === quote) break
      if (byte === newline) newlines++
      depth = Math.max(0, depth + deeper[byte]!)
    }
    this.#newlines += newlines
    this.#depth = depth
    this.#inString = at < bytes.length
    return at + 1
  }
}
