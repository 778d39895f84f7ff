import { createHash } from 'node:crypto'
import type { StoredFile } from '../load/ledger'

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
export function nameOf(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32)
}
