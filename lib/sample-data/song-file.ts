import { decimalJson, songJson } from './json-text'
import type { Song } from './songs'

/** A song as its file holds it: one JSON object, spaced as the real ones, no newline at the end. */
export function songFile(song: Song): string {
  const fields = [
    ['num_songs', '1'],
    ['artist_id', songJson(song.artistId)],
    ['artist_latitude', songJson(song.artist.latitude)],
    ['artist_longitude', songJson(song.artist.longitude)],
    ['artist_location', songJson(song.artist.location)],
    ['artist_name', songJson(song.artist.name)],
    ['song_id', songJson(song.songId)],
    ['title', songJson(song.title)],
    ['duration', decimalJson(song.duration)],
    ['year', String(song.year)],
  ]
  return `{${fields.map(([name, value]) => `"${name}": ${value}`).join(', ')}}`
}

/** Where the file of a song lies: `song_data/A/B/C/TRABC….json`. */
export function songPath(song: Song): string {
  const [first, second, third] = song.trackId.slice(2, 5)
  return `song_data/${first}/${second}/${third}/${song.trackId}.json`
}
