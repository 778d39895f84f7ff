import { ascending, by } from '../order'
import type { Row } from '../records'
import type { Star } from '../star'
import { dayOf, mondayOf } from './calendar'
import { type Play, groupBy, historiesOf, listenersOf, percent, playsOf } from './plays'
import { countDistinct, quotient, sum } from './plays'

const levelOf = ({ level }: Play) => level ?? 'unknown'

export function freeAndPaidPlays(star: Star): Row[] {
  const rows = groupBy(playsOf(star), dayOf).flatMap((ofDay) =>
    groupBy(ofDay, levelOf).map((plays) => ({
      day: dayOf(plays[0]!),
      level: levelOf(plays[0]!),
      plays: plays.length,
      percent_of_day: percent(plays.length, ofDay.length),
      listeners: listenersOf(plays),
    })),
  )
  return rows.toSorted(
    by(
      ascending(({ day }) => day),
      ascending(({ level }) => level),
    ),
  )
}

/** The first play at a new level, the former one, and how many plays were at that. */
interface Change {
  play: Play
  user: number
  formerLevel: string
  playsBefore: number
}

function changesOf(star: Star): Change[] {
  const withLevel = playsOf(star).filter(({ level }) => level !== null)
  return historiesOf(withLevel).flatMap((plays) => {
    const changes: Change[] = []
    let first = 0
    for (const [i, play] of plays.entries()) {
      const formerLevel = plays[first]!.level!
      if (play.level === formerLevel) continue
      changes.push({ play, user: play.user_id!, formerLevel, playsBefore: i - first })
      first = i
    }
    return changes
  })
}

export function upgradesAndDowngrades(star: Star): Row[] {
  const directionOf = ({ play }: Change) => (play.level === 'paid' ? 'upgrade' : 'downgrade')
  const groups = groupBy(changesOf(star), (change) => [mondayOf(change.play), directionOf(change)])
  const rows = groups.map((changes) => ({
    week: mondayOf(changes[0]!.play),
    direction: directionOf(changes[0]!),
    changes: changes.length,
    users: countDistinct(changes, ({ user }) => user),
  }))
  return rows.toSorted(
    by(
      ascending(({ week }) => week),
      ascending(({ direction }) => direction),
    ),
  )
}

export function latestChangesOfLevel(star: Star): Row[] {
  const latestFirst = by<Change>(
    (left, right) => ascending<Change>(({ play }) => play.start_time)(right, left),
    ascending(({ user }) => user),
    (left, right) => Number(BigInt(left.play.songplay_id) - BigInt(right.play.songplay_id)),
  )
  const latest = changesOf(star).toSorted(latestFirst).slice(0, 50)
  return latest.map(({ play, user, formerLevel, playsBefore }) => {
    const { first_name, last_name } = star.users.find(({ user_id }) => user_id === user)!
    return {
      user_id: user,
      first_name: first_name!,
      last_name: last_name!,
      changed_at: play.start_time,
      former_level: formerLevel,
      new_level: play.level,
      plays_before: playsBefore,
      first_play: play.songplay_id,
    }
  })
}

export function listeningTime(star: Star): Row[] {
  const durations = new Map(star.songs.map(({ song_id, duration }) => [song_id, duration!]))
  const rows = groupBy(playsOf(star), (play) => [mondayOf(play), levelOf(play)]).map((plays) => {
    const known = plays
      .map(({ song_id }) => durations.get(song_id) ?? null)
      .filter((duration) => duration !== null)
    const seconds = sum(known.map((duration) => Math.round(Number(duration))))
    return {
      week: mondayOf(plays[0]!),
      level: levelOf(plays[0]!),
      plays: plays.length,
      known_plays: known.length,
      known_hours: quotient(seconds, 3600),
      minutes_per_song: quotient(seconds, 60 * known.length, 2),
      listeners: listenersOf(plays),
    }
  })
  return rows.toSorted(
    by(
      ascending(({ week }) => week),
      ascending(({ level }) => level),
    ),
  )
}

const rangesOfDays = [
  { most: 0, name: 'the same day' },
  { most: 7, name: '1 to 7' },
  { most: 14, name: '8 to 14' },
  { most: 30, name: '15 to 30' },
  { most: Infinity, name: 'more than 30' },
]
const orderOfDays = ['paid at first', ...rangesOfDays.map(({ name }) => name), 'not paid']

export function timeToPaid(star: Star): Row[] {
  const histories = historiesOf(playsOf(star).filter(({ level }) => level !== null))
  const beginnings = histories.map((plays) => {
    const firstPaid = plays.find(({ level }) => level === 'paid')
    if (!firstPaid) return { range: 'not paid', before: 0 }
    const before = plays.filter(({ start_time }) => start_time < firstPaid.start_time).length
    if (before === 0) return { range: 'paid at first', before }
    const days = (Date.parse(dayOf(firstPaid)) - Date.parse(dayOf(plays[0]!))) / 86_400_000
    return { range: rangesOfDays.find(({ most }) => days <= most)!.name, before }
  })
  const groups = groupBy(beginnings, ({ range }) => range).toSorted(
    ascending((group) => orderOfDays.indexOf(group[0]!.range)),
  )
  return groups.map((group) => ({
    days_to_paid: group[0]!.range,
    users: group.length,
    percent_of_users: percent(group.length, histories.length),
    plays_before: rangesOfDays.some(({ name }) => name === group[0]!.range)
      ? quotient(sum(group.map(({ before }) => before)), group.length)
      : null,
  }))
}
