import type { Knex } from 'knex'
import { stage } from '../lib/staging'
import { settingsOf } from '../lib/warehouse'

/** Stages the event files. JSONPaths are positional: these columns stand in the order of the paths. */
export async function seed(knex: Knex): Promise<void> {
  const { LOG_DATA, LOG_JSONPATH } = settingsOf(knex)
  await stage(knex, {
    table: 'staging_events',
    columns: [
      'artist',
      'auth',
      'first_name',
      'gender',
      'item_in_session',
      'last_name',
      'length',
      'level',
      'location',
      'method',
      'page',
      'registration',
      'session_id',
      'song',
      'status',
      'ts',
      'user_agent',
      'user_id',
    ],
    from: LOG_DATA,
    json: LOG_JSONPATH,
  })
}
