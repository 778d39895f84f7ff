import { notNull, references, within } from './audits'
import { model } from './model'
import type { Scope } from './scope'

/**
 * The record of staging_songs that counts for each song: the latest load's, of those the fullest, of
 * those the smallest by value. Shared by songs and songplays, which must agree on it.
 *
 * The first is asked for as less than two: of an equality the engine of the local Redshift expects few rows,
 * and would hash all plays to look them up, and not the songs.
 */
export const songRecords = (scope: Scope): string => `
      select song_id, title, artist_id, artist_name, year, duration
      from (
        select
          song_id, title, artist_id, artist_name, year, duration,
          row_number() over (
            partition by song_id
            order by
              loaded_at desc,
              nvl2(nullif(title, ''), 1, 0) + nvl2(artist_id, 1, 0)
                + nvl2(nullif(year, 0), 1, 0) + nvl2(duration, 1, 0) desc,
              title, artist_id, year, duration, artist_name
          ) as choice
        from staging_songs
        where 1 = 1 ${scope.keys('song_id')}
      ) as records
      where choice < 2`

/** One row per song, by the record that counts. */
export const songs = model({
  name: 'songs',
  grain: 'one row per song',
  key: ['song_id'],
  columns: {
    song_id: ['varchar(32)', 'the song, as the metadata names it'],
    title: ['varchar(1024)', 'the title of the song'],
    artist_id: ['varchar(32)', 'who sings it: artists.artist_id'],
    year: ['integer', 'the year of its release; NULL where unknown'],
    duration: ['double precision', 'its length in seconds'],
  },
  refreshKey: 'song_id',
  affectedKeys: {
    staging_songs: (loadPredicate) =>
      `select distinct song_id from staging_songs where ${loadPredicate}`,
  },
  rows: (scope) => `
    select song_id, title, artist_id, nullif(year, 0), duration
    from (${songRecords(scope)}
    ) as songs`,
  record: { source: 'staging_songs', key: 'song_id', value: (row) => row.song_id },
  audits: [notNull('title'), references('artist_id', 'artists'), within('duration', 0, 86_400)],
})
