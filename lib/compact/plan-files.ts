import type { StoredFile } from '../load/ledger'
import { type Buckets, formatLines, parseLines, readText } from './buckets'
import { placeOf } from '../settings'
import { type PlannedPart, nameOf } from './plan'
import { partUrl, provenanceUrl } from './provenance'

/** A planned part, and where it stands. */
export interface ShelvedPart extends PlannedPart {
  /** The URL of the plan that it is of. */
  plan: string
  /** Bytes of a finished part; undefined: it is still to be written. */
  bytes?: number
}

/** What earlier runs planned for files that are still to be loaded, and the files of no plan. */
export interface Shelf {
  parts: ShelvedPart[]
  rest: StoredFile[]
}

/**
 * Holds files against the plans that are there. A part counts where each of its files is among `files`
 * with the same content; no file counts twice.
 * @param folder the URL of the folder of a table's parts
 */
export async function readShelf(
  buckets: Buckets,
  folder: string,
  files: StoredFile[],
): Promise<Shelf> {
  const there = await sizes(buckets, folder)
  const left = new Map(files.map((file) => [file.url, file]))
  const parts: ShelvedPart[] = []
  for (const plan of [...there.keys()].filter((url) => url.startsWith(plansOf(folder)))) {
    for (const part of await readPlan(buckets, plan)) {
      if (!part.originals.every(({ url, etag }) => left.get(url)?.etag === etag)) continue
      for (const { url } of part.originals) left.delete(url)
      const url = partUrl(folder, part.name)
      const bytes = there.has(provenanceUrl(url)!) ? there.get(url) : undefined
      parts.push({ ...part, plan, ...(bytes !== undefined && { bytes }) })
    }
  }
  return { parts, rest: files.filter(({ url }) => left.has(url)) }
}

/**
 * Writes down what is to be written, so that a run that goes on after a killed one cuts as that did.
 * @returns the URL of the plan
 */
export async function writePlan(
  buckets: Buckets,
  folder: string,
  parts: PlannedPart[],
): Promise<string> {
  const url = `${plansOf(folder)}${nameOf(parts.map(({ name }) => name))}.jsonl`
  await buckets.put(...placeOf(url), formatLines(parts))
  return url
}

/** Puts other parts in the place of one. */
export async function amendPlan(
  buckets: Buckets,
  plan: string,
  replaced: PlannedPart,
  parts: PlannedPart[],
): Promise<void> {
  const planned = await readPlan(buckets, plan)
  const amended = planned.flatMap((part) => (part.name === replaced.name ? parts : [part]))
  await buckets.put(...placeOf(plan), formatLines(amended))
}

function plansOf(folder: string): string {
  return `${folder}plans/`
}

async function readPlan(buckets: Buckets, url: string): Promise<PlannedPart[]> {
  return parseLines<PlannedPart>((await readText(buckets, url)) ?? '')
}

/** The objects of a folder and how large they are. */
async function sizes(buckets: Buckets, folder: string): Promise<Map<string, number>> {
  const [bucket, prefix] = placeOf(folder)
  const found = new Map<string, number>()
  for await (const { key, size = 0 } of buckets.list(bucket, prefix))
    found.set(`s3://${bucket}/${key}`, size)
  return found
}
