/** An event as a line of the logs has it, as far as the star can tell. */
export interface EventRecord {
  artist: string | null
  firstName: string | null
  gender: string | null
  itemInSession: number
  lastName: string | null
  length: number | null
  level: string | null
  location: string | null
  page: string
  sessionId: number
  song: string | null
  /** Milliseconds since 1970, UTC. */
  ts: number
  userAgent: string | null
  /** '' is nobody. */
  userId: string
}

/** A song as its file has it. */
export interface SongRecord {
  artist_id: string | null
  artist_latitude: number | null
  artist_longitude: number | null
  artist_location: string | null
  artist_name: string | null
  song_id: string
  title: string | null
  duration: number | null
  year: number | null
}

/** A record with the number of the load that it came in: of two, the higher came later. */
export type Loaded<Record> = Record & { load: number }

export type Value = string | number | null

/** A row of the star, its columns as the table names them. */
export type Row = Record<string, Value>
