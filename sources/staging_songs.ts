import { staging } from './source'

/** One row per song record. The names of the columns are the keys of the song files. */
export default staging({
  name: 'staging_songs',
  grain: 'one row per song record, as the JSON has it',
  data: {
    name: 'SONG_DATA',
    expected: 'the s3:// URL of a folder of song files, s3://bucket/song_data',
    sample: 's3://sparkify/song_data',
  },
  // A record of a song has no time of its own.
  freshness: { file: { warn: 24 * 31, error: 24 * 92 } },
  columns: {
    num_songs: ['integer', 'songs in the record: always 1'],
    artist_id: ['varchar(32)', 'the artist, as the metadata names it'],
    artist_latitude: ['double precision', 'degrees north; NULL where unknown'],
    artist_longitude: ['double precision', 'degrees east; NULL where unknown'],
    artist_location: ['varchar(1024)', 'where the artist is from, in words; may be empty'],
    artist_name: ['varchar(1024)', 'the name of the artist'],
    song_id: ['varchar(32)', 'the song, as the metadata names it'],
    title: ['varchar(1024)', 'the title of the song'],
    duration: ['double precision', 'its length in seconds'],
    year: ['integer', 'the year of its release; 0 where unknown'],
  },
})
