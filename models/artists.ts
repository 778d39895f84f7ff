import { notNull, within } from './audits'
import { model } from './model'

/** One row per artist: the latest load's record, of those the fullest, of those the smallest by value. */
export const artists = model({
  name: 'artists',
  grain: 'one row per artist',
  key: ['artist_id'],
  columns: {
    artist_id: ['varchar(32)', 'the artist, as the metadata names it'],
    name: ['varchar(1024)', 'the name of the artist'],
    location: ['varchar(1024)', 'where the artist is from, in words'],
    latitude: ['double precision', 'degrees north; NULL where unknown'],
    longitude: ['double precision', 'degrees east; NULL where unknown'],
  },
  refreshKey: 'artist_id',
  affectedKeys: {
    staging_songs: (loadPredicate) =>
      `select distinct artist_id from staging_songs where ${loadPredicate} and artist_id is not null`,
  },
  rows: (scope) => `
    select artist_id, artist_name, artist_location, artist_latitude, artist_longitude
    from (
      select
        artist_id, artist_name, artist_location, artist_latitude, artist_longitude,
        row_number() over (
          partition by artist_id
          order by
            loaded_at desc,
            nvl2(nullif(artist_name, ''), 1, 0) + nvl2(nullif(artist_location, ''), 1, 0)
              + nvl2(artist_latitude, 1, 0) + nvl2(artist_longitude, 1, 0) desc,
            artist_name, artist_location, artist_latitude, artist_longitude
        ) as choice
      from staging_songs
      where artist_id is not null ${scope.keys('artist_id')}
    ) as records
    where choice = 1`,
  record: { source: 'staging_songs', key: 'artist_id', value: (row) => row.artist_id },
  audits: [notNull('name'), within('latitude', -90, 90), within('longitude', -180, 180)],
})
