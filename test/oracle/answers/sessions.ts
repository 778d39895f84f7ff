import { ascending } from '../order'
import type { Row } from '../records'
import type { Star } from '../star'
import { dayOf, secondOf } from './calendar'
import { type Play, groupBy, percent, playsOf, quotient, sum } from './plays'

interface Session {
  day: string
  songs: number
  seconds: number
}

function sessionsOf(star: Star): Session[] {
  const groups = groupBy(playsOf(star), ({ user_id, session_id }) => [user_id, session_id])
  return groups.map((plays) => {
    const inOrder = plays.toSorted(ascending<Play>(({ start_time }) => start_time))
    const [first, last] = [inOrder[0]!, inOrder.at(-1)!]
    const seconds = secondOf(last) - secondOf(first)
    return { day: dayOf(first), songs: plays.length, seconds }
  })
}

const songsIn = (sessions: Session[]) => sum(sessions.map(({ songs }) => songs))
const secondsIn = (sessions: Session[]) => sum(sessions.map(({ seconds }) => seconds))

export function sessionsPerDay(star: Star): Row[] {
  const rows = groupBy(sessionsOf(star), ({ day }) => day).map((sessions) => ({
    day: sessions[0]!.day,
    sessions: sessions.length,
    songs_per_session: quotient(songsIn(sessions), sessions.length),
    most_songs: Math.max(...sessions.map(({ songs }) => songs)),
    minutes_per_session: quotient(secondsIn(sessions), 60 * sessions.length),
    most_minutes: quotient(Math.max(...sessions.map(({ seconds }) => seconds)), 60),
  }))
  return rows.toSorted(ascending(({ day }) => day))
}

const ranges = [
  { most: 1, name: '1' },
  { most: 5, name: '2 to 5' },
  { most: 10, name: '6 to 10' },
  { most: 20, name: '11 to 20' },
  { most: 50, name: '21 to 50' },
  { most: Infinity, name: 'more than 50' },
]

export function songsPerSession(star: Star): Row[] {
  const all = sessionsOf(star)
  const rangeOf = ({ songs }: Session) => ranges.findIndex(({ most }) => songs <= most)
  const groups = groupBy(all, rangeOf).toSorted(ascending((sessions) => rangeOf(sessions[0]!)))
  return groups.map((sessions) => ({
    songs: ranges[rangeOf(sessions[0]!)]!.name,
    sessions: sessions.length,
    percent_of_sessions: percent(sessions.length, all.length),
    plays: songsIn(sessions),
    minutes_per_session: quotient(secondsIn(sessions), 60 * sessions.length),
  }))
}
