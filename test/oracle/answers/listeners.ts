import { ascending, by, descending } from '../order'
import type { Row } from '../records'
import type { Star } from '../star'
import { mondayOf, weeksBetween } from './calendar'
import { type Play, groupBy, historiesOf, percent, playsOf, sessionsOf } from './plays'

export function mostActiveUsers(star: Star): Row[] {
  const most = by<Play[]>(
    descending((plays) => plays.length),
    ascending((plays) => plays[0]!.user_id),
  )
  const active = historiesOf(playsOf(star)).toSorted(most).slice(0, 20)
  return active.map((plays) => {
    const user = star.users.find(({ user_id }) => user_id === plays[0]!.user_id)!
    const favourite = favouriteOf(plays)
    const artist = star.artists.find(({ artist_id }) => artist_id === favourite?.[0]?.artist_id)
    return {
      user_id: user.user_id!,
      listener: `${user.first_name ?? ''} ${user.last_name ?? ''}`,
      level: user.level!,
      plays: plays.length,
      sessions: sessionsOf(plays),
      known_plays: plays.filter(({ song_id }) => song_id !== null).length,
      favourite_artist: artist?.name ?? null,
      plays_of_favourite: favourite?.length ?? null,
    }
  })
}

/** The plays of the artist that is heard most often. */
function favouriteOf(plays: Play[]): Play[] | undefined {
  const known = plays.filter(({ artist_id }) => artist_id !== null)
  const most = by<Play[]>(
    descending((ofArtist) => ofArtist.length),
    ascending((ofArtist) => ofArtist[0]!.artist_id),
  )
  return groupBy(known, ({ artist_id }) => artist_id).toSorted(most)[0]
}

export function weeklyRetention(star: Star): Row[] {
  const cohorts = groupBy(historiesOf(playsOf(star)), (plays) => mondayOf(plays[0]!))
  const rows = cohorts.flatMap((histories) => {
    const first = mondayOf(histories[0]![0]!)
    const weeks = histories.flatMap((plays) => [
      ...new Set(plays.map((play) => weeksBetween(first, mondayOf(play)))),
    ])
    return groupBy(weeks, (week) => week).map((back) => ({
      first_week: first,
      weeks_later: back[0]!,
      users: histories.length,
      users_back: back.length,
      percent_back: percent(back.length, histories.length),
    }))
  })
  return rows.toSorted(
    by(
      ascending(({ first_week }) => first_week),
      ascending(({ weeks_later }) => weeks_later),
    ),
  )
}
