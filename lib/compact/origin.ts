import type { Buckets } from './buckets'
import { type Provenance, readProvenance } from './provenance'

/** A line of a file as the user knows it, from 1 on. */
export interface Origin {
  url: string
  line: number
}

/** From a file that COPY read, and a line of it, to the original file and the line there. */
export type OriginOf = (url: string, line: number) => Promise<Origin>

/**
 * Traces what COPY says of parts back to the originals, and remembers what each part is made of. A
 * file that is no part is its own origin; so is a part, for a line that it does not have.
 */
export function tracer(buckets: Buckets): OriginOf {
  const read = new Map<string, Promise<Provenance | undefined>>()
  const provenanceOf = (url: string) => {
    if (!read.has(url)) read.set(url, readProvenance(buckets, url))
    return read.get(url)!
  }
  return async (url, line) => {
    const passage = passageAt(await provenanceOf(url), line)
    return passage ? { url: passage.url, line: line - passage.first + 1 } : { url, line }
  }
}

// COPY may name the line behind the last one, where an object is not complete.
function passageAt(provenance: Provenance | undefined, line: number) {
  const passages = (provenance?.originals ?? []).filter(({ lines }) => lines > 0)
  const end = passages.at(-1)
  if (!end || line > end.first + end.lines) return undefined
  return passages.findLast(({ first }) => first <= line)
}
