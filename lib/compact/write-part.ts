import type { StoredFile } from '../load/ledger'
import { type Buckets } from './buckets'
import { placeOf } from '../settings'
import { gzip } from './gzip'
import { type Original, readOriginals } from './originals'
import { type Passage, type Provenance, writeProvenance } from './provenance'
import { TextEnd } from './text-end'

/** Originals that end within an object: behind them, what follows would be taken for a part of it. */
export class OpenEnds extends Error {
  override name = 'OpenEnds'

  constructor(readonly originals: StoredFile[]) {
    super(`${originals.map(({ url }) => url).join(', ')} end within an object`)
  }
}

const newline = Buffer.from('\n')

/**
 * Writes a part, and then what it is made of, so that a part without that is no part.
 * @throws OpenEnds, and then there is no part, where an original that is not the last ends within an
 * object; DataRefused where an original is not the one that was listed
 */
export async function writePart(
  buckets: Buckets,
  url: string,
  files: StoredFile[],
  signal?: AbortSignal,
): Promise<Provenance> {
  const joined = new JoinedOriginals(readOriginals(buckets, files, signal))
  const counted = new Counted(gzip(joined.bytes()))
  await buckets.put(...placeOf(url), counted)
  const provenance = { part: url, bytes: counted.bytes, originals: joined.passages }
  await writeProvenance(buckets, provenance)
  return provenance
}

/** The bytes of originals, one behind the other, never two on one line. */
class JoinedOriginals {
  readonly passages: Passage[] = []
  #line = 1
  #needsNewline = false
  #open: StoredFile[] = []

  constructor(private readonly originals: AsyncIterable<Original>) {}

  async *bytes(): AsyncGenerator<Buffer> {
    for await (const original of this.originals) yield* this.#bytesOf(original)
    const inside = this.#open.filter(({ url }) => url !== this.passages.at(-1)?.url)
    if (inside.length > 0) throw new OpenEnds(inside)
  }

  async *#bytesOf({ file, chunks }: Original): AsyncGenerator<Buffer> {
    const end = new TextEnd()
    for await (const chunk of chunks) {
      if (chunk.length === 0) continue
      if (end.last === undefined && this.#needsNewline) yield newline
      end.push(chunk)
      yield chunk
    }
    if (end.last !== undefined) this.#needsNewline = end.last !== newline[0]
    if (end.isOpen) this.#open.push(file)
    this.passages.push({ ...file, first: this.#line, lines: end.lines })
    this.#line += end.lines
  }
}

class Counted {
  bytes = 0

  constructor(private readonly chunks: AsyncIterable<Buffer>) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    for await (const chunk of this.chunks) {
      this.bytes += chunk.length
      yield chunk
    }
  }
}
