import type { StoredFile } from '../load/ledger'
import { type Buckets, formatLines, parseLines, readText } from './buckets'
import { placeOf } from '../settings'

/** Where in a part an original lies. */
export interface Passage extends StoredFile {
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
  originals: Passage[]
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
export async function writeProvenance(buckets: Buckets, provenance: Provenance): Promise<void> {
  const { part, bytes, originals } = provenance
  const text = formatLines([{ part, bytes, originals: originals.length }, ...originals])
  await buckets.put(...placeOf(provenanceUrl(part)!), text)
}

/** What a part is made of; undefined for what is no finished part. */
export async function readProvenance(
  buckets: Buckets,
  part: string,
): Promise<Provenance | undefined> {
  const url = provenanceUrl(part)
  const text = url === undefined ? undefined : await readText(buckets, url)
  if (text === undefined) return undefined
  const [head, ...originals] = parseLines<Passage & Provenance>(text)
  return { part, bytes: head!.bytes, originals }
}
