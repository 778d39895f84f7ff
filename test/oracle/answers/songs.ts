import { ascending, by, descending } from '../order'
import type { Row } from '../records'
import type { Star } from '../star'
import { type Play, countDistinct, groupBy, listenersOf, percent, playsOf } from './plays'

export function mostPlayedSongs(star: Star): Row[] {
  const known = playsOf(star).filter(({ song_id }) => song_id !== null)
  const rows = groupBy(known, ({ song_id }) => song_id).map((plays) => {
    const song = star.songs.find(({ song_id }) => song_id === plays[0]!.song_id)!
    const artist = star.artists.find(({ artist_id }) => artist_id === song.artist_id)
    return {
      song_id: song.song_id!,
      title: song.title!,
      artist: artist?.name ?? null,
      plays: plays.length,
      listeners: listenersOf(plays),
    }
  })
  return mostPlayed(rows, 'song_id')
}

export function mostPlayedArtists(star: Star): Row[] {
  const known = playsOf(star).filter(({ artist_id }) => artist_id !== null)
  const rows = groupBy(known, ({ artist_id }) => artist_id).map((plays) => {
    const artist = star.artists.find(({ artist_id }) => artist_id === plays[0]!.artist_id)!
    return {
      artist_id: artist.artist_id!,
      artist: artist.name!,
      plays: plays.length,
      songs: countDistinct(plays, ({ song_id }) => song_id),
      listeners: listenersOf(plays),
    }
  })
  return mostPlayed(rows, 'artist_id')
}

function mostPlayed(rows: Row[], key: string): Row[] {
  const most = by<Row>(
    descending((row) => Number(row.plays)),
    ascending((row) => row[key]!),
  )
  return rows.toSorted(most).slice(0, 20)
}

export function songsByLevel(star: Star): Row[] {
  return mostPlayedByLevel(star, 'song_id', (id) => {
    const song = star.songs.find(({ song_id }) => song_id === id)!
    const artist = star.artists.find(({ artist_id }) => artist_id === song.artist_id)
    return { title: song.title!, artist: artist?.name ?? null }
  })
}

export function artistsByLevel(star: Star): Row[] {
  return mostPlayedByLevel(star, 'artist_id', (id) => {
    return { artist: star.artists.find(({ artist_id }) => artist_id === id)!.name! }
  })
}

/** Ten of each level, by the level of the play. */
function mostPlayedByLevel(
  star: Star,
  key: 'song_id' | 'artist_id',
  describe: (id: string) => Row,
): Row[] {
  const known = playsOf(star).filter((play) => play[key] !== null && play.level !== null)
  const most = by<Play[]>(
    descending((plays) => plays.length),
    ascending((plays) => plays[0]![key]),
  )
  const levels = groupBy(known, ({ level }) => level).toSorted(
    ascending((ofLevel) => ofLevel[0]!.level),
  )
  return levels.flatMap((ofLevel) => {
    const first = groupBy(ofLevel, (play) => play[key])
      .toSorted(most)
      .slice(0, 10)
    return first.map((plays, i) => ({
      level: ofLevel[0]!.level,
      place: i + 1,
      [key]: plays[0]![key],
      ...describe(plays[0]![key]!),
      plays: plays.length,
      percent_of_level: percent(plays.length, ofLevel.length),
    }))
  })
}
