import type { Knex } from 'knex'
import { dayLength, momentOf, mondayOf } from './format'

/** The plays of one day. */
interface Day {
  day: string
  plays: number
  known: number
  paid: number
}

/** What is counted of a span of days: plays, and the users, songs and artists among them. */
export type Counts = Record<'plays' | 'users' | 'songs' | 'artists' | 'known', number>

/** Two spans of whole days of equal length, the later one behind the former. */
export interface Spans {
  /** The first day of the former span, that of the later one, and the day behind that, in milliseconds. */
  from: number
  middle: number
  to: number
  isWeek: boolean
}

/** How listening went lately. */
export interface Pulse {
  known: number
  /** When the first and the last play began, UTC, null where there is none. */
  first: string | null
  last: string | null
  /** Plays of those who paid when they played, and users who pay as of their latest event. */
  paidPlays: number
  paidUsers: number
  /** The whole days; undefined where there is no play. */
  period?: Period
  /** What is compared; undefined where there are not yet two whole days. */
  spans?: Spans
  /** The counts of both spans. */
  former?: Counts
  later?: Counts
  /** Days of the two spans that have no play. */
  daysWithout: number
  /** The counts of the latest days in their order, undefined for one that has no play. */
  days: (Counts | undefined)[]
}

const daysDrawn = 28

/** Reads how listening went: one scan of the plays, and one of the latest weeks. */
export async function readPulse(knex: Knex, latestEvent: string | null): Promise<Pulse> {
  const { rows } = await knex.raw<{ rows: (Day & { first: string; last: string })[] }>(`
    select
      start_time::date::varchar as day, count(*)::integer as plays, count(song_id)::integer as known,
      count(case when level = 'paid' then 1 end)::integer as paid,
      min(start_time)::varchar as first, max(start_time)::varchar as last
    from songplays
    group by start_time::date
    order by day`)
  const payers = await knex.raw<{ rows: { users: number }[] }>(
    "select count(*)::integer as users from users where level = 'paid'",
  )
  const sum = (of: (day: Day) => number) => rows.reduce((total, day) => total + of(day), 0)
  const pulse: Pulse = {
    known: sum(({ known }) => known),
    first: rows[0]?.first ?? null,
    last: rows.at(-1)?.last ?? null,
    paidPlays: sum(({ paid }) => paid),
    paidUsers: payers.rows[0]!.users,
    daysWithout: 0,
    days: [],
  }
  const period = periodOf(pulse.first, latestEvent ?? pulse.last)
  if (!period) return pulse
  const spans = spansOf(period)
  const compared = spans && { spans, ...(await compare(knex, spans)) }
  return { ...pulse, period, ...compared }
}

/** The days that lie whole between the first play and the latest event, from one midnight to another. */
export interface Period {
  from: number
  to: number
  /** When the latest event happened: behind the whole days, where its day is under way. */
  last: number
}

/**
 * The whole days of a log, which begins with a day. The last day is whole where its last hour has an event;
 * else more of it may come.
 */
export function periodOf(first: string | null, last: string | null): Period | undefined {
  if (first === null || last === null) return undefined
  const floor = (moment: number) => Math.floor(moment / dayLength) * dayLength
  const latest = momentOf(last)
  return { from: floor(momentOf(first)), to: floor(latest + dayLength / 24), last: latest }
}

/** The latest two whole weeks, from Monday; else the latest days against as many before them, if there are two. */
export function spansOf({ from, to }: Period): Spans | undefined {
  const monday = mondayOf(to)
  const weeks = { from: monday - 14 * dayLength, middle: monday - 7 * dayLength, to: monday }
  if (weeks.from >= from) return { ...weeks, isWeek: true }
  const days = Math.floor((to - from) / dayLength / 2)
  if (days < 1) return undefined
  return { from: to - 2 * days * dayLength, middle: to - days * dayLength, to, isWeek: false }
}

type Row = Counts & { span: string }

async function compare(
  knex: Knex,
  spans: Spans,
): Promise<Pick<Pulse, 'former' | 'later' | 'daysWithout' | 'days'>> {
  const { from, middle, to } = spans
  const begin = Math.min(from, to - daysDrawn * dayLength)
  const count = `
    count(*)::integer as plays, count(distinct user_id)::integer as users,
    count(distinct song_id)::integer as songs, count(distinct artist_id)::integer as artists,
    count(song_id)::integer as known`
  const { rows } = await knex.raw<{ rows: Row[] }>(`
    select start_time::date::varchar as span, ${count}
    from songplays
    where start_time >= '${dayOf(begin)}' and start_time < '${dayOf(to)}'
    group by start_time::date
    union all
    select case when start_time < '${dayOf(middle)}' then 'former' else 'later' end as span, ${count}
    from songplays
    where start_time >= '${dayOf(from)}' and start_time < '${dayOf(to)}'
    group by case when start_time < '${dayOf(middle)}' then 'former' else 'later' end`)
  const found = new Map(rows.map(({ span, ...counts }) => [span, counts]))
  const none: Counts = { plays: 0, users: 0, songs: 0, artists: 0, known: 0 }
  const daysFrom = (start: number) =>
    Array.from({ length: (to - start) / dayLength }, (_, i) =>
      found.get(dayOf(start + i * dayLength)),
    )
  const days = daysFrom(begin)
  return {
    former: found.get('former') ?? none,
    later: found.get('later') ?? none,
    daysWithout: daysFrom(from).filter((each) => each === undefined).length,
    days: days.slice(days.findIndex((each) => each !== undefined)),
  }
}

function dayOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10)
}
