import type { Knex } from 'knex'
import { openBuckets } from '../../knexfile'
import { placeOf } from '../settings'
import { environmentOf } from '../warehouse'

export type Buckets = Awaited<ReturnType<typeof openBuckets>>

/** The buckets that the COPYs of `knex` read. */
export function bucketsOf(knex: Knex): Promise<Buckets> {
  return openBuckets(environmentOf(knex))
}

const mostBytes = 1024 * 1024

/** A small file as text, its first MB if it is none; undefined where there is no such file. */
export async function readSmall(buckets: Buckets, url: string): Promise<string | undefined> {
  const [bucket, key] = placeOf(url)
  const object = await buckets.open(bucket, key)
  if (!object) return undefined
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of object.chunks) {
      chunks.push(chunk)
      if ((bytes += chunk.length) >= mostBytes) break
    }
  } finally {
    await object.close()
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** The first bytes of a file, in hex. */
export async function firstBytes(buckets: Buckets, url: string, count: number): Promise<string> {
  const [bucket, key] = placeOf(url)
  const object = await buckets.open(bucket, key)
  if (!object) return ''
  try {
    for await (const chunk of object.chunks) return chunk.toString('hex', 0, count)
    return ''
  } finally {
    await object.close()
  }
}
