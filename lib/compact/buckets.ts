import type { openBuckets } from '../../knexfile'
import { placeOf } from '../settings'

/** The buckets of an environment. */
export type Buckets = Awaited<ReturnType<typeof openBuckets>>

/** An object that holds text, as a whole; undefined where there is none. */
export async function readText(buckets: Buckets, url: string): Promise<string | undefined> {
  const object = await buckets.open(...placeOf(url))
  if (!object) return undefined
  try {
    const chunks: Buffer[] = []
    for await (const chunk of object.chunks) chunks.push(chunk)
    return Buffer.concat(chunks).toString()
  } finally {
    await object.close()
  }
}

/** The values of a JSON Lines text. */
export function parseLines<T>(text: string): T[] {
  const lines = text.split('\n').filter((line) => line !== '')
  return lines.map((line) => JSON.parse(line) as T)
}

/** Values as JSON Lines. */
export function formatLines(values: object[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('')
}
