import { join } from 'node:path'
import type { Sample } from './sample'
import { quoted } from './psql'

type Statements = { name: string; sql: string }[]

/** Stages the events as COPY does: without blanks at the end of texts, an empty user being none. */
export function stageEvents({ folder, files }: Sample): Statements {
  const list = files.map((file) => quoted(join(folder, file))).join(', ')
  const sql = `
    create table staging_events as
    select
      rtrim(artist, ' ') as artist, auth, firstName as first_name, gender, itemInSession as item_in_session,
      lastName as last_name, length, level, location, method, page, registration,
      sessionId as session_id, rtrim(song, ' ') as song, status, ts, userAgent as user_agent,
      cast(nullif(userId, '') as integer) as user_id
    from read_json([${list}], format = 'newline_delimited', columns = {
      artist: 'varchar', auth: 'varchar', firstName: 'varchar', gender: 'varchar',
      itemInSession: 'integer', lastName: 'varchar', length: 'double', level: 'varchar',
      location: 'varchar', method: 'varchar', page: 'varchar', registration: 'double',
      sessionId: 'integer', song: 'varchar', status: 'integer', ts: 'bigint',
      userAgent: 'varchar', userId: 'varchar'
    })`
  return [{ name: 'staging_events', sql }]
}

/** Stages the songs of the files that a glob matches; a file may hold many, with nothing between. */
export function stageSongs(glob: string): Statements {
  const sql = `
    create table staging_songs as
    select * replace (
      rtrim(title, ' ') as title, rtrim(artist_name, ' ') as artist_name,
      rtrim(artist_location, ' ') as artist_location
    )
    from read_json(${quoted(glob)}, format = 'unstructured', columns = {
      num_songs: 'integer', artist_id: 'varchar', artist_latitude: 'double',
      artist_longitude: 'double', artist_location: 'varchar', artist_name: 'varchar',
      song_id: 'varchar', title: 'varchar', duration: 'double', year: 'integer'
    })`
  return [{ name: 'staging_songs', sql }]
}

/** The star that the models of this project make of one load. */
export const buildStar: Statements = [
  {
    name: 'users',
    sql: `
      create table users as
      select user_id, first_name, last_name, gender, level
      from staging_events
      where user_id is not null
      qualify row_number() over (
        partition by user_id
        order by ts desc, session_id desc, item_in_session desc, level, first_name, last_name, gender
      ) = 1`,
  },
  {
    name: 'songs',
    sql: `
      create temp table song_records as
      select song_id, title, artist_id, artist_name, year, duration
      from staging_songs
      qualify row_number() over (
        partition by song_id
        order by
          (coalesce(title, '') <> '')::integer + (artist_id is not null)::integer
            + (coalesce(year, 0) <> 0)::integer + (duration is not null)::integer desc,
          title, artist_id, year, duration, artist_name
      ) = 1`,
  },
  {
    name: 'songs',
    sql: `
      create table songs as
      select song_id, title, artist_id, nullif(year, 0) as year, duration from song_records`,
  },
  {
    name: 'artists',
    sql: `
      create table artists as
      select
        artist_id, artist_name as name, artist_location as location,
        artist_latitude as latitude, artist_longitude as longitude
      from staging_songs
      where artist_id is not null
      qualify row_number() over (
        partition by artist_id
        order by
          (coalesce(artist_name, '') <> '')::integer + (coalesce(artist_location, '') <> '')::integer
            + (artist_latitude is not null)::integer + (artist_longitude is not null)::integer desc,
          artist_name, artist_location, artist_latitude, artist_longitude
      ) = 1`,
  },
  {
    name: 'songplays',
    // The delivery that counts and its nearest song in one window: the order of deliveries comes first.
    sql: `
      create table songplays as
      select
        ('0x' || left(md5(coalesce(user_id::varchar, '') || ' ' || session_id || ' '
          || item_in_session || ' ' || ts), 15))::bigint as songplay_id,
        epoch_ms(ts) as start_time,
        user_id, level, song_id, artist_id, session_id, location, user_agent
      from (
        select
          plays.ts, plays.user_id, plays.level, plays.session_id, plays.item_in_session, plays.location,
          plays.user_agent, songs.song_id, songs.artist_id
        from staging_events as plays
        left join song_records as songs
          on songs.title = plays.song
          and songs.artist_name = plays.artist
        where plays.page = 'NextSong'
        qualify row_number() over (
          partition by plays.user_id, plays.session_id, plays.item_in_session, plays.ts
          order by
            plays.level, plays.location, plays.user_agent, plays.song, plays.artist, plays.length,
            round(abs(songs.duration - plays.length), 5), songs.song_id
        ) = 1
      ) as matches`,
  },
  {
    name: 'time',
    sql: `
      create table time as
      select
        start_time, hour(start_time) as hour, day(start_time) as day, week(start_time) as week,
        month(start_time) as month, year(start_time) as year, dayofweek(start_time) as weekday
      from (select distinct start_time from songplays) as starts`,
  },
]
