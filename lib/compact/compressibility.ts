import { gzipSync } from 'node:zlib'
import type { StoredFile } from '../load/ledger'
import { type Buckets } from './buckets'
import { placeOf } from '../settings'
import { level } from './gzip'

const looks = 32
const lookBytes = 128 * 1024

/** What share of their bytes gzip leaves of the files, by the beginnings of some of them. */
export async function compressibility(buckets: Buckets, files: StoredFile[]): Promise<number> {
  const step = Math.max(1, files.length / looks)
  const pieces: Buffer[] = []
  for (let at = 0; at < files.length; at += step) {
    pieces.push(await beginning(buckets, files[Math.floor(at)]!))
  }
  const sample = Buffer.concat(pieces)
  return sample.length === 0 ? 1 : gzipSync(sample, { level }).length / sample.length
}

async function beginning(buckets: Buckets, { url }: StoredFile): Promise<Buffer> {
  const object = await buckets.open(...placeOf(url))
  if (!object) return Buffer.alloc(0)
  try {
    const chunks: Buffer[] = []
    let bytes = 0
    for await (const chunk of object.chunks) {
      chunks.push(chunk)
      if ((bytes += chunk.length) >= lookBytes) break
    }
    return Buffer.concat(chunks).subarray(0, lookBytes)
  } finally {
    await object.close()
  }
}
