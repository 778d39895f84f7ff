import type { Knex } from 'knex'
import { timeToSecond } from '../lib/warehouse/times'

/** Narrows a query to the affected keys: further conditions of a WHERE clause, or nothing where all rows are meant. */
export interface Scope {
  /** Of a column with values of the refreshKey. */
  keys(column: string): string
  /** Of a column of milliseconds since 1970: when the events happened that the rows for the keys are made of. */
  moments(column: string): string
  /** Of a timestamp with values of the refreshKey: the whole days of the affected ones, and so many beside them. */
  around(column: string, days: { before: number; behind: number }): string
}

/** No narrowing: all rows. */
export const allRows: Scope = { keys: () => '', moments: () => '', around: () => '' }

/** Narrows staged rows, by their loaded_at, to those of the load of this transaction. */
export const ofThisLoad: Scope = { ...allRows, keys: (column) => `and ${column} = sysdate` }

/** What of a model is affected: a temporary table with its keys, and where in time their events are. */
export interface Affected {
  /** The temporary table. */
  table: string
  /** Its column with the keys. */
  refreshKey: string
  /** See `Declaration.moments`. */
  moments?: 'at' | 'since'
}

/** The narrowing to what is affected; undefined where nothing is. */
export async function affectedScope(knex: Knex, affected: Affected): Promise<Scope | undefined> {
  const { table, refreshKey } = affected
  const keys = (column: string) => `and ${column} in (select ${refreshKey} from ${table})`
  if (affected.moments === 'at') return atMoments(knex, affected, keys)
  if (affected.moments === 'since') return sinceMoment(knex, affected, keys)
  const { rows } = await knex.raw<{ rows: Record<'keys' | 'known', string>[] }>(`
    select count(*)::varchar as keys, count(${refreshKey})::varchar as known
    from ${table}`)
  const { keys: count, known } = rows[0]!
  if (count === '0') return undefined
  // NULL stands for any key.
  return known === count ? { ...allRows, keys } : allRows
}

/** Affected moments that lie close together: the first and the last, as milliseconds and as keys. */
interface Stretch {
  first: string
  last: string
  first_key: string
  last_key: string
}

// Zone maps are held against literals. One range of all would take in all history where one play is late.
async function atMoments(
  knex: Knex,
  { table, refreshKey }: Affected,
  keys: Scope['keys'],
): Promise<Scope | undefined> {
  const { rows } = await knex.raw<{ rows: Stretch[] }>(`
    select
      min(ts)::varchar as first, max(ts)::varchar as last,
      min(${refreshKey})::varchar as first_key, max(${refreshKey})::varchar as last_key
    from ${table}
    group by ts / ${day}
    order by min(ts)`)
  if (rows.length === 0) return undefined
  const stretches = joined(rows)
  const within = (column: string, bounds: (stretch: Stretch) => string) =>
    `and (${stretches.map((each) => `${column} between ${bounds(each)}`).join(' or ')})`
  return {
    keys: (column) =>
      `${within(column, ({ first_key, last_key }) => `timestamp '${first_key}' and timestamp '${last_key}'`)} ${keys(column)}`,
    moments: (column) =>
      `${within(column, ({ first, last }) => `${first} and ${last}`)} and ${column} in (select ts from ${table})`,
    around: (column, { before, behind }) =>
      within(
        column,
        ({ first_key, last_key }) =>
          `timestamp '${dayFrom(first_key, -before)}' and timestamp '${dayFrom(last_key, behind + 1)}'`,
      ),
  }
}

/** The beginning of the day so many days from a time, as a literal: with arithmetic in it no zone map is asked. */
function dayFrom(time: string, days: number): string {
  const midnight = Date.parse(`${time.slice(0, 10)}T00:00:00Z`)
  return timeToSecond(new Date(midnight + days * day))
}

async function sinceMoment(
  knex: Knex,
  { table }: Affected,
  keys: Scope['keys'],
): Promise<Scope | undefined> {
  const { rows } = await knex.raw<{ rows: { keys: string; known: string; since: string }[] }>(`
    select count(*)::varchar as keys, count(ts)::varchar as known, min(ts)::varchar as since
    from ${table}`)
  const { keys: count, known, since } = rows[0]!
  if (count === '0') return undefined
  return {
    ...allRows,
    keys,
    moments: (column) => (known === count ? `and ${column} >= ${since}` : ''),
  }
}

const day = 86_400_000
const mostStretches = 32

/** Joins stretches with less than a day between them, and across the smallest gaps until few are left. */
function joined(stretches: Stretch[]): Stretch[] {
  const gaps = stretches.map(({ first }, i) => ({
    i,
    wide: i === 0 ? Infinity : Number(first) - Number(stretches[i - 1]!.last),
  }))
  const widest = gaps.filter(({ wide }) => wide > day).sort((one, other) => other.wide - one.wide)
  const starts = widest.slice(0, mostStretches).map(({ i }) => i)
  starts.sort((one, other) => one - other)
  return starts.map((start, n) => {
    const { last, last_key } = stretches[(starts[n + 1] ?? stretches.length) - 1]!
    return { ...stretches[start]!, last, last_key }
  })
}
