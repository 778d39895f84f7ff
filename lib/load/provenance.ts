import { readText } from '../../object-store/index'
import type { ObjectStore } from '../../object-store/store'
import type { StoredFile } from '../../sources/source'

/** Where in a part an original lies. */
export interface Segment extends StoredFile {
  /** Its first line in the part, from 1 on. */
  first: number
  lines: number
}

/** What a part is made of. The file has these three on its first line, then one original per line. */
export interface Provenance {
  /** The URL of the part. */
  part: string
  /** Of the part, compressed. */
  bytes: number
  originals: Segment[]
}

const partEnding = '.json.gz'

/** The URL of a part by its name. @param folder of the parts of a table */
export function partUrl(folder: string, name: string): string {
  return `${folder}${name}${partEnding}`
}

/** Where the provenance of a part is; undefined for a URL that is no part's. */
export function provenanceUrl(part: string): string | undefined {
  if (!part.endsWith(partEnding)) return undefined
  return `${part.slice(0, -partEnding.length)}.provenance.jsonl`
}

/** Writes what a part is made of: from here on it counts. */
export async function writeProvenance(store: ObjectStore, provenance: Provenance): Promise<void> {
  const { part, bytes, originals } = provenance
  const text = formatLines([{ part, bytes, originals: originals.length }, ...originals])
  await store.put(provenanceUrl(part)!, text)
}

/** What a part is made of; undefined for what is no finished part. */
export async function readProvenance(
  store: ObjectStore,
  part: string,
): Promise<Provenance | undefined> {
  const url = provenanceUrl(part)
  const text = url === undefined ? undefined : await readText(store, url)
  if (text === undefined) return undefined
  const [head, ...originals] = parseLines<Segment & Provenance>(text)
  return { part, bytes: head!.bytes, originals }
}

/** A line of a file as the user knows it, from 1 on. */
interface Origin {
  url: string
  line: number
}

/** From a file that COPY read, and a line of it, to the original file and the line there. */
export type OriginOf = (url: string, line: number) => Promise<Origin>

/**
 * Traces what COPY says of parts back to the originals, and remembers what each part is made of. A
 * file that is no part is its own origin; so is a part, for a line that it does not have.
 */
export function tracer(store: ObjectStore): OriginOf {
  const read = new Map<string, Promise<Provenance | undefined>>()
  const provenanceOf = (url: string) => {
    if (!read.has(url)) read.set(url, readProvenance(store, url))
    return read.get(url)!
  }
  return async (url, line) => {
    const segment = segmentAt(await provenanceOf(url), line)
    return segment ? { url: segment.url, line: line - segment.first + 1 } : { url, line }
  }
}

// COPY may name the line behind the last one, where an object is not complete.
function segmentAt(provenance: Provenance | undefined, line: number) {
  const segments = (provenance?.originals ?? []).filter(({ lines }) => lines > 0)
  const end = segments.at(-1)
  if (!end || line > end.first + end.lines) return undefined
  return segments.findLast(({ first }) => first <= line)
}

/** The values of a JSON Lines text. */
function parseLines<T>(text: string): T[] {
  const lines = text.split('\n').filter((line) => line !== '')
  return lines.map((line) => JSON.parse(line) as T)
}

/** Values as JSON Lines. */
function formatLines(values: object[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('')
}
