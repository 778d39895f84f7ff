import { accepted, references } from './audits'
import { type RecordKey, model } from './model'
import { allRows } from './scope'
import { songRecords } from './songs'
import { usualPerDay, usualShare } from './usual'

/**
 * When an event began, UTC, to the millisecond: `ts` counts milliseconds since 1970. An interval is
 * multiplied in floating point, which holds the seconds of any date, but not its milliseconds.
 */
export const startTime =
  "timestamp 'epoch' + ts / 1000 * interval '1 second' + ts % 1000 * interval '1 millisecond'"

/** The event that a start_time is of, by its milliseconds since 1970. */
export const recordOfStartTime: RecordKey = {
  source: 'staging_events',
  key: 'ts',
  value: ({ start_time }) => start_time && Date.parse(`${start_time as string}Z`),
}

/**
 * One row per song play, its song known or not. A play is known by user, session, place in the session
 * and time, so an event delivered twice is one play. Its id is made of these (60 bits of their MD5),
 * so it is the same whenever and in whatever order the play was loaded.
 *
 * Durations have five decimals: in the sixth, a difference of two is the noise of floating point.
 */
export const songplays = model({
  name: 'songplays',
  grain: 'one row per song play (page NextSong), its song known or not',
  key: ['songplay_id'],
  columns: {
    songplay_id: ['bigint', 'the play; never changes for a play that stays'],
    start_time: ['timestamp', 'when it began, UTC, to the millisecond'],
    user_id: ['integer', 'who listened: users.user_id; NULL for nobody known'],
    level: ['varchar(16)', 'free or paid, at the time of the play'],
    song_id: ['varchar(32)', 'what was played: songs.song_id; NULL where the song is not known'],
    artist_id: ['varchar(32)', 'who sings it: artists.artist_id; NULL where the song is not known'],
    session_id: ['integer', 'the session that the play belongs to'],
    location: ['varchar(1024)', 'where the user was'],
    user_agent: ['varchar(1024)', "the user's browser, as it names itself"],
  },
  refreshKey: 'start_time',
  // Deliveries of one play share its start_time. A song affects the plays that it is, was or becomes: those
  // of the title and artist of one of its records, of whatever load.
  affectedKeys: {
    staging_events: (loadPredicate) => `
      select distinct ${startTime} as start_time, ts
      from staging_events
      where ${loadPredicate} and page = 'NextSong'`,
    staging_songs: (loadPredicate) => `
      select distinct ${startTime} as start_time, ts
      from staging_events as events
      join staging_songs as songs
        on songs.title = events.song
        and songs.artist_name = events.artist
      where events.page = 'NextSong'
        and songs.song_id in (select song_id from staging_songs where ${loadPredicate})`,
  },
  moments: 'at',
  rows: (scope) => `
    select
      strtol(left(md5(nvl(user_id::varchar, '') || ' ' || session_id::varchar || ' '
        || item_in_session::varchar || ' ' || ts::varchar), 15), 16) as songplay_id,
      ${startTime} as start_time,
      user_id, level, song_id, artist_id, session_id, location, user_agent
    from (
      select
        events.ts, events.user_id, events.level, events.session_id, events.item_in_session,
        events.location, events.user_agent, songs.song_id, songs.artist_id,
        row_number() over (
          partition by events.ts, events.user_id, events.session_id, events.item_in_session
          order by
            events.level, events.location, events.user_agent, events.song, events.artist, events.length,
            round(abs(songs.duration - events.length), 5), songs.song_id
        ) as choice
      from staging_events as events
      left join (${songRecords(allRows)}
      ) as songs
        on songs.title = events.song
        and songs.artist_name = events.artist
      where events.page = 'NextSong' ${scope.moments('events.ts')}
    ) as deliveries
    where choice = 1`,
  record: recordOfStartTime,
  audits: [
    accepted('level', ['free', 'paid']),
    references('user_id', 'users'),
    references('song_id', 'songs'),
    references('artist_id', 'artists'),
    references('start_time', 'time'),
    {
      name: 'as many plays as NextSong events of a session, each counted once',
      offenders: (scope) => `
        select session_id, sum(events) as events, sum(plays) as plays
        from (
          select session_id, 1 as events, 0 as plays
          from (
            select distinct user_id, session_id, item_in_session, ts
            from staging_events
            where page = 'NextSong' ${scope.moments('ts')}
          ) as deliveries
          union all
          select session_id, 0, 1
          from songplays
          where 1 = 1 ${scope.keys('start_time')}
        ) as counted
        group by session_id
        having sum(events) <> sum(plays)`,
    },
    usualPerDay('start_time'),
    usualShare('start_time', 'song_id'),
  ],
})
