import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { Knex } from 'knex'
import { listAll, readStart } from '../../object-store/index'
import type { ObjectStore } from '../../object-store/store'
import { sources } from '../../sources/index'
import type { Source, StoredFile } from '../../sources/source'
import { objectStoreOf, settingsOf } from '../warehouse/connect'
import { counted } from '../warehouse/counts'
import { DataRefused, UsageError } from '../warehouse/errors'
import { asPrefix } from '../warehouse/settings'
import { steps } from '../warehouse/steps'
import { level, UnterminatedJson, writePart } from './compact-part'
import { diffFiles } from './file-diff'
import { partUrl, readProvenance } from './provenance'

const looks = 32
const lookBytes = 128 * 1024

/** What share of their bytes gzip leaves of the files, by the beginnings of some of them. */
async function compressibility(store: ObjectStore, files: StoredFile[]): Promise<number> {
  const step = Math.max(1, files.length / looks)
  const pieces: Buffer[] = []
  for (let at = 0; at < files.length; at += step) {
    const beginning = await readStart(store, files[Math.floor(at)]!.url, lookBytes)
    if (beginning) pieces.push(beginning)
  }
  const sample = Buffer.concat(pieces)
  return sample.length === 0 ? 1 : gzipSync(sample, { level }).length / sample.length
}

/** Large files of about so many bytes, compressed, their number a multiple of the cluster's slices. */
export interface PartSize {
  partBytes: number
  slices: number
}

/** A part, and the files that it holds in their order. */
export interface PlannedPart {
  /** Of what it holds: other files, or a file with another content, make another name. */
  name: string
  originals: StoredFile[]
}

// 1 MB to 1 GB, compressed, is what a slice reads well (facts A8).
const leastBytes = 1e6

/** How many parts there are to be. @param bytes in all, as they will be compressed */
export function countParts(bytes: number, files: number, { partBytes, slices }: PartSize): number {
  const wanted = multiple(Math.ceil, bytes / partBytes, slices)
  const most = Math.min(files, Math.floor(bytes / Math.min(leastBytes, partBytes / 2)))
  if (wanted <= most) return wanted
  return Math.max(1, most < slices ? most : multiple(Math.floor, most, slices))
}

function multiple(round: (count: number) => number, count: number, of: number): number {
  return Math.max(1, round(count / of)) * of
}

/** Cuts the files, in their order, into parts of about the same size. */
export function planParts(files: StoredFile[], count: number): PlannedPart[] {
  const parts: PlannedPart[] = []
  let rest = files.reduce((sum, { size }) => sum + size, 0)
  let from = 0
  for (let left = count; left > 0; left--) {
    const to = left === 1 ? files.length : cutAt(files, from, files.length - left + 1, rest / left)
    const originals = files.slice(from, to)
    rest -= originals.reduce((sum, { size }) => sum + size, 0)
    from = to
    parts.push(partOf(originals))
  }
  return parts
}

// At least one file, and at best as many as come nearest to the share.
function cutAt(files: StoredFile[], from: number, most: number, share: number): number {
  let bytes = files[from]!.size
  let to = from + 1
  while (to < most && bytes + files[to]!.size / 2 <= share) bytes += files[to++]!.size
  return to
}

/** The part that holds these files. */
export function partOf(originals: StoredFile[]): PlannedPart {
  return { name: nameOf(originals.map(({ url, etag }) => [url, etag])), originals }
}

/** A name for a content. */
function nameOf(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32)
}

/** A gzip file that holds originals, as COPY with GZIP takes it. */
export interface CompactedPart extends StoredFile {
  originals: StoredFile[]
}

interface CompactOptions extends PartSize {
  signal?: AbortSignal
  /** Is told of each part that was written. */
  onPart?: (part: CompactedPart, done: { parts: number; of: number }) => void
}

/** 64 MB, for however many slices. */
const defaultSize: PartSize = { partBytes: 64e6, slices: 1 }

export interface Compacted {
  /** Together they hold each of the files once. */
  parts: CompactedPart[]
  /** Those among them that this run wrote. */
  written: CompactedPart[]
}

/**
 * Streams files into gzip parts in `folder`, an s3:// URL that ends in a slash. A part that an earlier
 * run finished is not written again; what that left unfinished is cut and written from the start.
 * @throws DataRefused where a file is compressed, or is not the one that was listed
 */
export async function compactFiles(
  store: ObjectStore,
  folder: string,
  files: StoredFile[],
  options: CompactOptions,
): Promise<Compacted> {
  refuseCompressed(files)
  const { parts, rest } = await finishedParts(store, folder, files)
  const written = new Parts(store, folder, options)
  await written.write(await planRest(store, rest, options))
  return { parts: [...parts, ...written.parts], written: written.parts }
}

/** The parts that `compactFiles` would write; it writes nothing. */
export async function planCompaction(
  store: ObjectStore,
  folder: string,
  files: StoredFile[],
  size: PartSize,
): Promise<PlannedPart[]> {
  refuseCompressed(files)
  const { rest } = await finishedParts(store, folder, files)
  return planRest(store, rest, size)
}

/**
 * The parts of a folder that hold files that are still to be loaded, with the same content, and the files
 * that no part holds. A part counts where each of its files is among them; no file counts twice.
 */
async function finishedParts(
  store: ObjectStore,
  folder: string,
  files: StoredFile[],
): Promise<{ parts: CompactedPart[]; rest: StoredFile[] }> {
  const left = new Map(files.map((file) => [file.url, file]))
  const parts: CompactedPart[] = []
  for (const { url } of await listAll(store, folder)) {
    const provenance = await readProvenance(store, url)
    const urls = provenance?.originals.map((original) => original.url) ?? []
    if (!provenance?.originals.every(({ url, etag }) => left.get(url)?.etag === etag)) continue
    const originals = urls.map((each) => left.get(each)!)
    parts.push(partAt(folder, partOf(originals), provenance.bytes))
    for (const each of urls) left.delete(each)
  }
  const place = new Map(files.map(({ url }, index) => [url, index]))
  parts.sort(
    (one, other) => place.get(one.originals[0]!.url)! - place.get(other.originals[0]!.url)!,
  )
  return { parts, rest: files.filter(({ url }) => left.has(url)) }
}

async function planRest(store: ObjectStore, files: StoredFile[], size: PartSize) {
  if (files.length === 0) return []
  const bytes = files.reduce((sum, file) => sum + file.size, 0)
  const ratio = await compressibility(store, files)
  return planParts(files, countParts(bytes * ratio, files.length, size))
}

// COPY would not load them without compaction: it is told of plain JSON.
function refuseCompressed(files: StoredFile[]): void {
  const compressed = files.filter(({ url }) => /\.(gz|gzip|bz2|zst|lzo)$/i.test(url))
  if (compressed.length === 0) return
  const some = compressed.slice(0, 3).map(({ url }) => `  ${url}`)
  throw new DataRefused(
    `${counted(compressed.length, 'file')} ${compressed.length === 1 ? 'is' : 'are'} compressed, and plain JSON is expected, such as\n` +
      `${some.join('\n')}\nUnpack them, or move them away.`,
    {
      findings: compressed.map(({ url }) => ({
        what: 'compressed, and plain JSON is expected',
        file: url,
        remedy: 'Unpack it, or move it away.',
      })),
    },
  )
}

/** The parts that a run writes. */
class Parts {
  readonly parts: CompactedPart[] = []

  constructor(
    private readonly store: ObjectStore,
    private readonly folder: string,
    private readonly options: CompactOptions,
  ) {}

  async write(planned: PlannedPart[], of = planned.length): Promise<void> {
    for (const part of planned) {
      const url = partUrl(this.folder, part.name)
      try {
        const { bytes } = await writePart(this.store, url, part.originals, this.options.signal)
        this.parts.push(partAt(this.folder, part, bytes))
        this.options.onPart?.(this.parts.at(-1)!, { parts: this.parts.length, of })
      } catch (error) {
        if (!(error instanceof UnterminatedJson)) throw error
        await this.write(isolated(part, error.originals), of + error.originals.length)
      }
    }
  }
}

// A file that ends within an object would swallow its neighbour: it gets a part of its own.
function isolated({ originals }: PlannedPart, unterminated: StoredFile[]): PlannedPart[] {
  const urls = new Set(unterminated.map(({ url }) => url))
  const whole = originals.filter(({ url }) => !urls.has(url))
  return [whole, ...unterminated.map((file) => [file])].map(partOf)
}

function partAt(folder: string, { name, originals }: PlannedPart, size: number): CompactedPart {
  return { url: partUrl(folder, name), etag: name, size, originals }
}

/**
 * Puts files of a source together, as far as no earlier run did, and tells of each part.
 * @returns the parts that hold them
 * @throws UsageError without WORK_DATA; DataRefused for a file that cannot be taken
 */
export async function compactSource(
  knex: Knex,
  { table }: Source,
  files: StoredFile[],
  options: CompactOptions = defaultSize,
): Promise<Compacted> {
  const folder = partsFolder(knex, table)
  const onPart: CompactOptions['onPart'] = ({ originals, size }, { parts, of }) =>
    steps.emit(
      'notice',
      `${table}: part ${parts} of ${of} written: ${counted(originals.length, 'file')} in ${megabytes(size)} MB`,
    )
  return compactFiles(await objectStoreOf(knex), folder, files, { onPart, ...options })
}

/** The parts that `compactSource` would write. */
export async function planSource(
  knex: Knex,
  { table }: Source,
  files: StoredFile[],
  size: PartSize = defaultSize,
): Promise<PlannedPart[]> {
  const folder = partsFolder(knex, table)
  return planCompaction(await objectStoreOf(knex), folder, files, size)
}

/** The files of a source that are to be loaded; all of them where no migration made a ledger yet. */
export async function newFiles(knex: Knex, source: Source): Promise<StoredFile[]> {
  return (await diffFiles(knex, source)).new
}

/**
 * The URL of the folder of a table's parts, with a slash behind.
 * @throws UsageError where WORK_DATA is not set, or where the parts would lie among the files
 */
export function partsFolder(knex: Knex, table: string): string {
  const { WORK_DATA } = settingsOf(knex)
  if (!WORK_DATA) {
    throw new UsageError(
      'WORK_DATA is not set: compacted files need the s3:// URL of a folder that may be written, ' +
        's3://bucket/work. Set it in .env.',
    )
  }
  const folder = `${asPrefix(WORK_DATA)}compacted/`
  for (const { from } of sources(knex)) {
    if (!folder.startsWith(from)) continue
    throw new UsageError(
      `WORK_DATA is "${WORK_DATA}", within ${from}: the next load would take compacted files for ` +
        'data. A folder beside it is expected. Set it in .env.',
    )
  }
  return `${folder}${table}/`
}

/** Bytes as the project tells them. */
export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1)
}
