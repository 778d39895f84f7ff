import { ascending, by } from '../order'
import type { Row } from '../records'
import type { Star } from '../star'
import { dayOf, hourOf, mondayOf, weekdayNameOf, weekdayOf } from './calendar'
import { countDistinct, groupBy, listenersOf, percent, playsOf, quotient } from './plays'

export function playsPerHour(star: Star): Row[] {
  const all = playsOf(star)
  const rows = groupBy(all, hourOf).map((plays) => ({
    hour: hourOf(plays[0]!),
    plays: plays.length,
    percent_of_plays: percent(plays.length, all.length),
    listeners: listenersOf(plays),
  }))
  return rows.toSorted(ascending(({ hour }) => hour))
}

export function playsPerWeekday(star: Star): Row[] {
  const rows = groupBy(playsOf(star), weekdayOf).map((plays) => {
    const days = countDistinct(plays, dayOf)
    return {
      weekday: weekdayOf(plays[0]!),
      weekday_name: weekdayNameOf(plays[0]!),
      plays: plays.length,
      days,
      plays_per_day: quotient(plays.length, days),
    }
  })
  return rows.toSorted(ascending(({ weekday }) => weekday))
}

export function playsPerWeekdayAndHour(star: Star): Row[] {
  const rows = groupBy(playsOf(star), (play) => [weekdayOf(play), hourOf(play)]).map((plays) => ({
    weekday: weekdayOf(plays[0]!),
    weekday_name: weekdayNameOf(plays[0]!),
    hour: hourOf(plays[0]!),
    plays: plays.length,
  }))
  return rows.toSorted(
    by(
      ascending(({ weekday }) => weekday),
      ascending(({ hour }) => hour),
    ),
  )
}

export function playsPerDay(star: Star): Row[] {
  const rows = groupBy(playsOf(star), dayOf).map((plays) => {
    const ofKnown = plays.filter(({ user_id }) => user_id !== null)
    return {
      day: dayOf(plays[0]!),
      plays: plays.length,
      listeners: listenersOf(plays),
      plays_per_listener: quotient(ofKnown.length, listenersOf(plays)),
    }
  })
  return rows.toSorted(ascending(({ day }) => day))
}

export function playsPerWeek(star: Star): Row[] {
  const weeks = new Map(star.time.map(({ start_time, week }) => [start_time, week!]))
  const rows = groupBy(playsOf(star), mondayOf).map((plays) => ({
    week: mondayOf(plays[0]!),
    week_number: weeks.get(plays[0]!.start_time)!,
    plays: plays.length,
    listeners: listenersOf(plays),
    days: countDistinct(plays, dayOf),
  }))
  return rows.toSorted(ascending(({ week }) => week))
}

export function knownSongs(star: Star): Row[] {
  const rows = groupBy(playsOf(star), mondayOf).map((plays) => {
    const known = plays.filter(({ song_id }) => song_id !== null)
    return {
      week: mondayOf(plays[0]!),
      plays: plays.length,
      known_plays: known.length,
      percent_known: percent(known.length, plays.length),
      known_songs: countDistinct(known, ({ song_id }) => song_id),
    }
  })
  return rows.toSorted(ascending(({ week }) => week))
}
