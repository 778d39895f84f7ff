import type { Among } from './model'

/**
 * The record of staging_songs that counts for each song: the latest load's, of those the fullest, of
 * those the smallest by value. Shared by songs and songplays, which must agree on it.
 */
export const songRecords = (among: Among): string => `
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
        where 1 = 1 ${among('song_id')}
      ) as records
      where choice = 1`
