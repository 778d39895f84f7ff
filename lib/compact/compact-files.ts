import { DataRefused } from '../errors'
import type { StoredFile } from '../load/ledger'
import type { Buckets } from './buckets'
import { compressibility } from './compressibility'
import { type PartSize, type PlannedPart, countParts, partOf, planParts } from './plan'
import { type ShelvedPart, amendPlan, readShelf, writePlan } from './plan-files'
import { partUrl } from './provenance'
import { OpenEnds, writePart } from './write-part'

/** A gzip file that holds originals, as COPY with GZIP takes it. */
export interface CompactedPart extends StoredFile {
  originals: StoredFile[]
}

export interface CompactOptions extends PartSize {
  signal?: AbortSignal
  /** Is told of each part that was written. */
  onPart?: (part: CompactedPart, done: { parts: number; of: number }) => void
}

/** 64 MB, for however many slices. */
export const defaultSize: PartSize = { partBytes: 64e6, slices: 1 }

export interface Compacted {
  /** Together they hold each of the files once. */
  parts: CompactedPart[]
  /** Those among them that this run wrote. */
  written: CompactedPart[]
}

/**
 * Streams files into gzip parts in `folder`, an s3:// URL that ends in a slash; what an earlier run
 * wrote of them is not written again. Killed at any step and run again, it leaves the same objects.
 * @throws DataRefused where a file is compressed, or is not the one that was listed
 */
export async function compactFiles(
  buckets: Buckets,
  folder: string,
  files: StoredFile[],
  options: CompactOptions,
): Promise<Compacted> {
  refuseCompressed(files)
  const { parts: shelved, rest } = await readShelf(buckets, folder, files)
  const fresh = await planRest(buckets, rest, options)
  const plan = fresh.length > 0 ? await writePlan(buckets, folder, fresh) : ''
  const work = new Work(buckets, folder, options)
  return work.run([...shelved, ...fresh.map((part) => ({ ...part, plan }))])
}

/** The parts that `compactFiles` would write; it writes nothing. */
export async function planCompaction(
  buckets: Buckets,
  folder: string,
  files: StoredFile[],
  size: PartSize,
): Promise<PlannedPart[]> {
  refuseCompressed(files)
  const { parts, rest } = await readShelf(buckets, folder, files)
  const unfinished = parts.filter(({ bytes }) => bytes === undefined)
  return [...unfinished, ...(await planRest(buckets, rest, size))]
}

async function planRest(buckets: Buckets, files: StoredFile[], size: PartSize) {
  if (files.length === 0) return []
  const bytes = files.reduce((sum, file) => sum + file.size, 0)
  const ratio = await compressibility(buckets, files)
  return planParts(files, countParts(bytes * ratio, files.length, size))
}

// COPY would not load them without compaction: it is told of plain JSON.
function refuseCompressed(files: StoredFile[]): void {
  const compressed = files.filter(({ url }) => /\.(gz|gzip|bz2|zst|lzo)$/i.test(url))
  if (compressed.length === 0) return
  const some = compressed.slice(0, 3).map(({ url }) => `  ${url}`)
  throw new DataRefused(
    `${compressed.length} files are compressed, and plain JSON is expected, such as\n` +
      `${some.join('\n')}\nUnpack them, or move them away.`,
  )
}

/** The writing of what is planned. */
class Work {
  readonly #parts: CompactedPart[] = []
  readonly #written: CompactedPart[] = []

  constructor(
    private readonly buckets: Buckets,
    private readonly folder: string,
    private readonly options: CompactOptions,
  ) {}

  async run(planned: ShelvedPart[]): Promise<Compacted> {
    const open = planned.filter(({ bytes }) => bytes === undefined)
    for (const part of planned) {
      if (part.bytes === undefined) await this.#write(part, open.length)
      else this.#parts.push(this.#partOf(part, part.bytes))
    }
    return { parts: this.#parts, written: this.#written }
  }

  async #write(planned: ShelvedPart, of: number): Promise<void> {
    const { name, originals } = planned
    const url = partUrl(this.folder, name)
    try {
      const { bytes } = await writePart(this.buckets, url, originals, this.options.signal)
      const part = this.#partOf(planned, bytes)
      this.#parts.push(part)
      this.#written.push(part)
      this.options.onPart?.(part, { parts: this.#written.length, of })
    } catch (error) {
      if (!(error instanceof OpenEnds)) throw error
      await this.#isolate(planned, error.originals, of)
    }
  }

  // A file that ends within an object would swallow its neighbour: it gets a part of its own.
  async #isolate(planned: ShelvedPart, open: StoredFile[], of: number): Promise<void> {
    const urls = new Set(open.map(({ url }) => url))
    const whole = planned.originals.filter(({ url }) => !urls.has(url))
    const parts = [partOf(whole), ...open.map((file) => partOf([file]))]
    await amendPlan(this.buckets, planned.plan, planned, parts)
    for (const part of parts) await this.#write({ ...part, plan: planned.plan }, of + open.length)
  }

  #partOf({ name, originals }: PlannedPart, size: number): CompactedPart {
    return { url: partUrl(this.folder, name), etag: name, size, originals }
  }
}
