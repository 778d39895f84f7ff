import type { Knex } from 'knex'

const texts = {
  staging_events: [
    ...[
      'artist',
      'auth',
      'first_name',
      'gender',
      'last_name',
      'level',
      'location',
      'method',
      'page',
    ],
    ...['song', 'user_agent'],
  ],
  staging_songs: ['artist_id', 'artist_location', 'artist_name', 'song_id', 'title'],
}

/** COPY cuts the blanks off the end of texts from now on; here they are cut off what is staged already. */
export async function up(knex: Knex): Promise<void> {
  for (const [table, columns] of Object.entries(texts)) {
    const trimmed = columns.map((column) => `${column} = rtrim(${column}, ' ')`)
    const longer = columns.map(
      (column) => `octet_length(${column}) > octet_length(rtrim(${column}, ' '))`,
    )
    await knex.raw(`update ${table} set ${trimmed.join(', ')} where ${longer.join(' or ')}`)
  }
  // What no fingerprint tells of is built as a whole by the next load.
  await knex.raw('delete from model_fingerprints')
}

export async function down(): Promise<void> {
  // How many blanks there were is not known any more, and nothing depends on it.
}
