import { backslash, carriageReturn, type LineBytes, quote, space, tab, unusual } from './bytes'

const colon = 0x3a

/** So many keys of the files are remembered besides those of the columns. */
const mostLearned = 128
const mostLearnedBytes = 8 * 1024

/**
 * The keys of plain lines: those of the columns, and others that were met. Each remembers which one
 * came behind it last, so that a line like the last one is no search: `next[key]` is compared first.
 */
export class Keys {
  /** As a line has them, `"name":`, one behind the other. */
  readonly #bytes: Uint8Array
  readonly #words: DataView
  readonly #start: Int32Array
  readonly #end: Int32Array
  /** Whose value stands behind the key; as many as there are columns for a key that no column has. */
  readonly column: Int32Array
  /** The key that came behind it last; behind `none`, the first of a line. */
  readonly next: Int32Array
  /** Stands for no key, or for one that is not remembered. */
  readonly none: number
  /** Where the value of the key begins that was found last, or white space before it. */
  at = 0
  #count = 0
  #used = 0

  /** @param names none empty; with ignoreCase of ASCII alone */
  constructor(
    readonly names: string[],
    readonly ignoreCase: boolean,
  ) {
    const keys = names.map((name) => Buffer.from(`"${name}":`))
    const most = names.length + mostLearned
    this.#bytes = new Uint8Array(Buffer.concat(keys).length + mostLearnedBytes)
    this.#start = new Int32Array(most + 1)
    this.#end = new Int32Array(most + 1)
    this.column = new Int32Array(most + 1)
    this.none = most
    this.column[most] = names.length
    this.#words = new DataView(this.#bytes.buffer)
    // Four bytes that no line has.
    this.#start[most] = this.#bytes.length - 4
    this.#end[most] = this.#bytes.length
    keys.forEach((key, column) => this.#remember(key, column))
    // At first as if lines had the order of the columns.
    this.next = new Int32Array(most + 1).fill(most)
    for (let key = 1; key < names.length; key++) this.next[key - 1] = key
    this.next[most] = 0
  }

  /** Where a value begins behind this key, or white space before it; `unusual` where there is another. */
  behind(key: number, { lineWords }: LineBytes, from: number): number {
    const words = this.#words
    const last = this.#end[key]! - 4
    let known = this.#start[key]!
    let at = from
    for (; known < last; known += 4, at += 4)
      if (lineWords.getInt32(at, true) !== words.getInt32(known, true)) return unusual
    at -= known - last
    return lineWords.getInt32(at, true) === words.getInt32(last, true) ? at + 4 : unusual
  }

  /**
   * Looks for the key that begins at `from`, and remembers that it came behind `previous`.
   * @returns `unusual` where it is not plain
   */
  find(line: Buffer, from: number, previous: number): number {
    let to = from + 1
    let isAscii = true
    for (let byte = line[to]!; byte !== quote; byte = line[++to]!) {
      if (byte < 0x20 || byte === backslash) return unusual
      if (byte >= 0x80) isAscii = false
    }
    if (this.ignoreCase && !isAscii) return unusual // letters of other alphabets may be ASCII in lower case
    this.at = behindColon(line, to + 1)
    if (this.at === unusual) return unusual
    const found = this.#known(line, from, to) ?? this.#learn(line, from, to)
    if (found !== this.none) this.next[previous] = found
    return found
  }

  #known(line: Buffer, from: number, to: number): number | undefined {
    for (let key = 0; key < this.#count; key++)
      if (this.#length(key) === to - from && this.#equals(key, line, from, to)) return key
    return undefined
  }

  #learn(line: Buffer, from: number, to: number): number {
    const column = this.ignoreCase ? this.#columnInAnyCase(line, from, to) : this.names.length
    const length = to - from + 2
    const isRoom = this.#used + length < this.#bytes.length - 4 && this.#count < this.none
    if (isRoom && length >= 4)
      return this.#remember(Buffer.from(`${line.toString('latin1', from, to)}":`, 'latin1'), column)
    return column === this.names.length ? this.none : column
  }

  #remember(key: Uint8Array, column: number): number {
    this.#bytes.set(key, this.#used)
    this.#start[this.#count] = this.#used
    this.#used += key.length
    this.#end[this.#count] = this.#used
    this.column[this.#count] = column
    return this.#count++
  }

  #columnInAnyCase(line: Buffer, from: number, to: number): number {
    const name = line.toString('latin1', from + 1, to).toLowerCase()
    const column = this.names.findIndex((known) => known.toLowerCase() === name)
    return column === -1 ? this.names.length : column
  }

  /** From its first quote to before its second one. */
  #length(key: number): number {
    return this.#end[key]! - this.#start[key]! - 2
  }

  #equals(key: number, line: Buffer, from: number, to: number): boolean {
    let known = this.#start[key]!
    for (let at = from; at < to; at++) if (line[at] !== this.#bytes[known++]) return false
    return true
  }
}

function behindColon(line: Buffer, from: number): number {
  let at = from
  while (line[at] === space || line[at] === tab || line[at] === carriageReturn) at++
  return line[at] === colon ? at + 1 : unusual
}
