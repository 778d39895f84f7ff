import { ascending, by, descending } from '../order'
import type { Row } from '../records'
import type { Star } from '../star'
import { countDistinct, groupBy, listenersOf, playsOf } from './plays'

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
