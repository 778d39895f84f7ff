import type { Knex } from 'knex'
import { type Load, listLoads } from '../../lib/load/loads'

/** What the warehouse holds, and how fresh it is. Times are UTC, null where there is nothing. */
export interface Summary {
  plays: number
  /** Plays whose song is known. */
  known: number
  users: number
  songs: number
  artists: number
  /** When the first and the last play began. */
  first: string | null
  last: string | null
  /** When the latest event happened, of any page. */
  latestEvent: string | null
  /** The latest load that is not undone. */
  latestLoad: Load | undefined
  /** The latest loads, the latest first. */
  loads: Load[]
  /** How many there are, undone ones included. */
  allLoads: number
}

const loadsShown = 5

const figures = `
  select
    (select count(*) from songplays) as plays,
    (select count(song_id) from songplays) as known,
    (select count(*) from users) as users,
    (select count(*) from songs) as songs,
    (select count(*) from artists) as artists,
    (select min(start_time) from songplays) as first,
    (select max(start_time) from songplays) as last,
    (select timestamp 'epoch' + max(ts) / 1000.0 * interval '1 second' from staging_events)
      as latest_event`

type Figures = Omit<Summary, 'latestEvent' | 'latestLoad' | 'loads' | 'allLoads'> & {
  latest_event: string | null
}

/** Reads what the warehouse holds. */
export async function readSummary(knex: Knex): Promise<Summary> {
  const { rows } = await knex.raw<{ rows: Figures[] }>(figures)
  const { latest_event: latestEvent, ...counts } = rows[0]!
  const loads = await listLoads(knex)
  return {
    ...counts,
    latestEvent,
    latestLoad: loads.find(({ state }) => state === 'loaded'),
    loads: loads.slice(0, loadsShown),
    allLoads: loads.length,
  }
}
