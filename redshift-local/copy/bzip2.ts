/** Why bytes are not BZIP2. */
export class InvalidBzip2 extends Error {
  override name = 'InvalidBzip2'
}

/**
 * The bytes that were compressed as BZIP2, of one stream or several behind each other; none for no bytes.
 * Node has no BZIP2. The format: Julian Seward's bzip2 1.0, as Joe Tsai's specification tells it.
 * @throws InvalidBzip2
 */
export async function* bunzip2(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const bits = new Bits(chunks[Symbol.asyncIterator]())
  try {
    while (!(await bits.isAtEnd())) {
      await bits.ahead(14)
      const blockSize = readHeader(bits)
      let streamCrc = 0
      for (;;) {
        await bits.ahead(mostBlockBytes)
        const magic = bits.read(24) * 2 ** 24 + bits.read(24)
        const crc = bits.read(32) | 0
        if (magic === endOfStream) {
          if (crc !== streamCrc) throw new InvalidBzip2('its checksum is wrong')
          bits.align()
          break
        }
        if (magic !== startOfBlock) throw new InvalidBzip2('a block begins with other bytes')
        const block = readBlock(bits, blockSize)
        if (block.crc !== crc) throw new InvalidBzip2('the checksum of a block is wrong')
        streamCrc = ((streamCrc << 1) | (streamCrc >>> 31)) ^ crc
        yield* block.pieces
      }
    }
  } finally {
    await bits.close()
  }
}

const startOfBlock = 0x314159265359
const endOfStream = 0x177245385090

/** No block is longer: 900,000 symbols of up to 20 bits, and its tables. */
const mostBlockBytes = 3 * 1024 * 1024

/** Bits from the highest of each byte on; a block's bytes are at hand before it is read. */
class Bits {
  #bytes: Buffer = Buffer.alloc(0)
  #at = 0
  #bit = 0
  #ended = false

  constructor(private readonly chunks: AsyncIterator<Buffer, unknown>) {}

  /** Gets so many bytes to read, or all there are. */
  async ahead(bytes: number): Promise<void> {
    if (this.#bytes.length - this.#at >= bytes || this.#ended) return
    const pieces = [Buffer.from(this.#bytes.subarray(this.#at))]
    let length = pieces[0]!.length
    while (length < bytes) {
      const next = await this.chunks.next()
      if (next.done === true) {
        this.#ended = true
        break
      }
      const chunk = next.value
      // A chunk's bytes may change when the next is asked for.
      pieces.push(Buffer.from(chunk))
      length += chunk.length
    }
    this.#bytes = Buffer.concat(pieces)
    this.#at = 0
  }

  async isAtEnd(): Promise<boolean> {
    await this.ahead(1)
    return this.#at >= this.#bytes.length
  }

  async close(): Promise<void> {
    await this.chunks.return?.()
  }

  align(): void {
    if (this.#bit === 0) return
    this.#bit = 0
    this.#at++
  }

  one(): number {
    if (this.#at >= this.#bytes.length) throw new InvalidBzip2('it ends too early')
    const bit = (this.#bytes[this.#at]! >> (7 - this.#bit)) & 1
    if (++this.#bit === 8) {
      this.#bit = 0
      this.#at++
    }
    return bit
  }

  /** At most 32 bits, as a number that is not negative. */
  read(count: number): number {
    let value = 0
    for (let left = count; left > 0;) {
      if (this.#at >= this.#bytes.length) throw new InvalidBzip2('it ends too early')
      const take = Math.min(left, 8 - this.#bit)
      const byte = (this.#bytes[this.#at]! >> (8 - this.#bit - take)) & ((1 << take) - 1)
      value = value * 2 ** take + byte
      this.#bit += take
      left -= take
      if (this.#bit === 8) {
        this.#bit = 0
        this.#at++
      }
    }
    return value
  }
}

/** How many bytes a block of the stream has at most. */
function readHeader(bits: Bits): number {
  const isHeader = bits.read(16) === 0x425a && bits.read(8) === 0x68
  const level = bits.read(8) - 0x30
  if (isHeader && level >= 1 && level <= 9) return level * 100_000
  throw new InvalidBzip2('it begins with other bytes')
}

function readBlock(bits: Bits, blockSize: number): { crc: number; pieces: Buffer[] } {
  if (bits.one() === 1) throw new InvalidBzip2('a block is randomized')
  const origin = bits.read(24)
  const symbols = usedBytes(bits)
  const selectors = readSelectors(bits)
  const tables = Array.from({ length: selectors.tables }, () => readTable(bits, symbols.length + 2))
  const counts = new Int32Array(256)
  const block = new Int32Array(blockSize)
  const length = readSymbols(bits, { symbols, order: selectors.order, tables, block, counts })
  if (origin >= length) throw new InvalidBzip2('a block begins outside of itself')
  return unsort(block.subarray(0, length), counts, origin)
}

function usedBytes(bits: Bits): number[] {
  const groups = bits.read(16)
  const used: number[] = []
  for (let group = 0; group < 16; group++)
    if (groups & (0x8000 >> group)) {
      const within = bits.read(16)
      for (let byte = 0; byte < 16; byte++)
        if (within & (0x8000 >> byte)) used.push(group * 16 + byte)
    }
  if (used.length === 0) throw new InvalidBzip2('a block has no bytes')
  return used
}

/** Which table is used for each fifty symbols. */
function readSelectors(bits: Bits): { tables: number; order: Uint8Array } {
  const tables = bits.read(3)
  const count = bits.read(15)
  if (tables < 2 || tables > 6 || count === 0) throw new InvalidBzip2('a block has no tables')
  const recent = Array.from({ length: tables }, (_, table) => table)
  const order = new Uint8Array(count)
  for (let at = 0; at < count; at++) {
    let place = 0
    while (bits.one() === 1) if (++place >= tables) throw new InvalidBzip2('a table is missing')
    const [table] = recent.splice(place, 1)
    recent.unshift(table!)
    order[at] = table!
  }
  return { tables, order }
}

const mostBits = 20

/** A Huffman code by lengths: the least codes of each length, and the symbols in their order. */
interface Table {
  limits: Int32Array
  offsets: Int32Array
  symbols: Uint16Array
  least: number
}

function readTable(bits: Bits, count: number): Table {
  const lengths = new Uint8Array(count)
  let length = bits.read(5)
  for (let symbol = 0; symbol < count; symbol++) {
    for (;;) {
      if (length < 1 || length > mostBits) throw new InvalidBzip2('a code is too long')
      if (bits.one() === 0) break
      length += bits.one() === 0 ? 1 : -1
    }
    lengths[symbol] = length
  }
  const symbols = new Uint16Array(count)
  const limits = new Int32Array(mostBits + 2).fill(-1)
  const offsets = new Int32Array(mostBits + 2)
  const least = Math.min(...lengths)
  let code = 0
  let at = 0
  for (let size = least; size <= mostBits; size++) {
    offsets[size] = at - code
    for (let symbol = 0; symbol < count; symbol++)
      if (lengths[symbol] === size) {
        symbols[at++] = symbol
        code++
      }
    limits[size] = code - 1
    code <<= 1
  }
  return { limits, offsets, symbols, least }
}

function decode(bits: Bits, { limits, offsets, symbols, least }: Table): number {
  let code = bits.read(least)
  for (let size = least; size <= mostBits; size++) {
    if (code <= limits[size]!) return symbols[offsets[size]! + code]!
    code = (code << 1) | bits.one()
  }
  throw new InvalidBzip2('a code is unknown')
}

interface BlockInput {
  symbols: number[]
  order: Uint8Array
  tables: Table[]
  block: Int32Array
  counts: Int32Array
}

// Undoes the codes, the runs of zeros and the move to the front. @returns the length of the block
function readSymbols(bits: Bits, { symbols, order, tables, block, counts }: BlockInput): number {
  const end = symbols.length + 1
  const recent = Uint8Array.from(symbols)
  let length = 0
  let run = 0
  let digit = 1
  for (let read = 0; ; read++) {
    const table = order[Math.floor(read / 50)]
    if (table === undefined) throw new InvalidBzip2('a block has no end')
    const symbol = decode(bits, tables[table]!)
    if (symbol < 2) {
      run += digit << symbol
      digit <<= 1
      if (run > block.length) throw new InvalidBzip2('a block is too long')
      continue
    }
    if (run > 0) {
      const byte = recent[0]!
      if (length + run > block.length) throw new InvalidBzip2('a block is too long')
      block.fill(byte, length, length + run)
      counts[byte]! += run
      length += run
      run = 0
      digit = 1
    }
    if (symbol === end) return length
    const place = symbol - 1
    const byte = recent[place]!
    recent.copyWithin(1, 0, place)
    recent[0] = byte
    if (length >= block.length) throw new InvalidBzip2('a block is too long')
    block[length++] = byte
    counts[byte]!++
  }
}

const pieceBytes = 256 * 1024

// Undoes the Burrows-Wheeler transform, and the runs of equal bytes.
function unsort(block: Int32Array, counts: Int32Array, origin: number) {
  const starts = new Int32Array(256)
  for (let byte = 1; byte < 256; byte++) starts[byte] = starts[byte - 1]! + counts[byte - 1]!
  for (let at = 0; at < block.length; at++) {
    const byte = block[at]! & 0xff
    block[starts[byte]!++]! |= at << 8
  }
  const pieces: Buffer[] = []
  let piece = Buffer.allocUnsafe(pieceBytes)
  let used = 0
  let crc = -1
  const put = (byte: number) => {
    if (used === pieceBytes) {
      pieces.push(piece)
      piece = Buffer.allocUnsafe(pieceBytes)
      used = 0
    }
    piece[used++] = byte
    crc = (crc << 8) ^ crcs[((crc >>> 24) ^ byte) & 0xff]!
  }
  let next = block[origin]! >>> 8
  let same = 0
  let last = -1
  for (let left = block.length; left > 0; left--) {
    const entry = block[next]!
    const byte = entry & 0xff
    next = entry >>> 8
    if (same === 4) {
      for (let repeat = byte; repeat > 0; repeat--) put(last)
      same = 0
      last = -1
      continue
    }
    same = byte === last ? same + 1 : 1
    last = byte
    put(byte)
  }
  pieces.push(piece.subarray(0, used))
  return { crc: ~crc, pieces }
}

const crcs = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1
  return crc
})
