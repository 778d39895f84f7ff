import type { ClientBase, Pool } from 'pg'

/**
 * Works over a connection that is no client's: what is written there outlives a rollback. It is not to be held while
 * a statement waits for a lock: the one that it waits for may have to log, too.
 */
export async function withClient<Result>(
  log: Pool,
  work: (client: ClientBase) => Promise<Result>,
): Promise<Result> {
  const client = await log.connect()
  const ignore = () => {} // the query under way rejects as well
  client.on('error', ignore)
  try {
    return await work(client)
  } finally {
    client.off('error', ignore)
    client.release()
  }
}

/** Runs a statement whose $1 is the value in JSON, and $2 the number of the query where one is given. */
export async function put(
  client: ClientBase,
  sql: string,
  value: unknown,
  query?: number,
): Promise<void> {
  await client.query(sql, [JSON.stringify(clean(value)), ...(query === undefined ? [] : [query])])
}

/** The number by which pg_user knows the role that a value names as its user. */
export const userId = '(select oid::integer from pg_roles where rolname = "user")'

// The engine's text holds neither a NUL nor half of a surrogate pair.
function clean<Value>(value: Value): Value {
  if (typeof value === 'string') return Buffer.from(value.replaceAll('\0', ' ')).toString() as Value
  if (value instanceof Date || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item: unknown) => clean(item)) as Value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, clean(item as unknown)]),
  ) as Value
}
