/** The types that a test gives to columns of the real data. */
interface Types {
  text: string
  registration: string
  ts: string
  user_id: string
  year: string
}

/** The columns of the real events, in the order of their JSONPaths, and those of the real songs. */
export function realColumns({ text, registration, ts, user_id, year }: Types) {
  const texts = (names: string) => names.split(' ').map((name) => `${name} ${text}`)
  return {
    events: [
      ...texts('artist auth first_name gender'),
      'item_in_session integer',
      ...texts('last_name'),
      'length double precision',
      ...texts('level location method page'),
      `registration ${registration}`,
      'session_id integer',
      ...texts('song'),
      'status integer',
      `ts ${ts}`,
      ...texts('user_agent'),
      `user_id ${user_id}`,
    ],
    songs: [
      'num_songs integer',
      ...texts('artist_id'),
      'artist_latitude double precision',
      'artist_longitude double precision',
      ...texts('artist_location artist_name song_id title'),
      'duration double precision',
      `year ${year}`,
    ],
  }
}
