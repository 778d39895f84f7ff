import type { Knex } from 'knex'
import { openBuckets } from '../../knexfile'
import { placeOf } from '../settings'
import { environmentOf } from '../warehouse'

/** A place in a file, lines counted from 1. */
export interface Place {
  url: string
  line: number
}

/**
 * Finds where in the files of this transaction's load a record stands, by one of its values.
 * @param key as the JSON has it
 * @returns undefined where no line of those files has the value
 */
export async function findRecord(
  knex: Knex,
  table: string,
  key: string,
  value: unknown,
): Promise<Place | undefined> {
  const { rows } = await knex.raw<{ rows: { url: string }[] }>(
    'select url from load_files where table_name = ? and loaded_at = sysdate order by url',
    [table],
  )
  const record = recordWith(key, value)
  const buckets = await openBuckets(environmentOf(knex))
  for (const { url } of rows) {
    const line = await findLine(await buckets.open(...placeOf(url)), record)
    if (line !== undefined) return { url, line }
  }
  return undefined
}

type OpenObject = Awaited<ReturnType<Awaited<ReturnType<typeof openBuckets>>['open']>>

async function findLine(object: OpenObject, record: RegExp): Promise<number | undefined> {
  if (object === undefined) return undefined
  try {
    let line = 1
    let rest = ''
    for await (const chunk of object.chunks) {
      const lines = (rest + chunk.toString('latin1')).split('\n')
      rest = lines.pop()!
      const found = lines.findIndex((text) => record.test(text))
      if (found >= 0) return line + found
      line += lines.length
    }
    return record.test(rest) ? line : undefined
  } finally {
    await object.close()
  }
}

// "userId":"39" and "sessionId": 39 alike.
function recordWith(key: string, value: unknown): RegExp {
  const text = String(value).replaceAll(/[^\w-]/g, '\\$&')
  return new RegExp(`"${key}"\\s*:\\s*"?${text}"?\\s*[,}]`)
}
