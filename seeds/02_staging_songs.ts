import type { Knex } from 'knex'
import { stage } from '../lib/staging'
import { settingsOf } from '../lib/warehouse'

/** Stages the song files, whose keys are the names of the columns. */
export async function seed(knex: Knex): Promise<void> {
  await stage(knex, {
    table: 'staging_songs',
    columns: [
      'num_songs',
      'artist_id',
      'artist_latitude',
      'artist_longitude',
      'artist_location',
      'artist_name',
      'song_id',
      'title',
      'duration',
      'year',
    ],
    from: settingsOf(knex).SONG_DATA,
    json: 'auto',
  })
}
