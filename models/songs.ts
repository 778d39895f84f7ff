import { notNull, references, within } from './audit'
import { model } from './model'
import { songRecords } from './song-records'

/** One row per song, by the record that counts. */
export const songs = model({
  name: 'songs',
  grain: 'one row per song',
  key: ['song_id'],
  from: ['staging_songs'],
  columns: {
    song_id: ['varchar(32)', 'the song, as the metadata names it'],
    title: ['varchar(1024)', 'the title of the song'],
    artist_id: ['varchar(32)', 'who sings it: artists.artist_id'],
    year: ['integer', 'the year of its release; NULL where unknown'],
    duration: ['double precision', 'its length in seconds'],
  },
  unit: 'song_id',
  touched: (isOfLoad) => `select distinct song_id from staging_songs where ${isOfLoad}`,
  rows: (among) => `
    select song_id, title, artist_id, nullif(year, 0), duration
    from (${songRecords(among)}
    ) as songs`,
  origin: { table: 'staging_songs', key: 'song_id', value: (row) => row.song_id },
  audits: [notNull('title'), references('artist_id', 'artists'), within('duration', 0, 86_400)],
})
