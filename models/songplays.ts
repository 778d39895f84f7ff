import { model } from './model'
import { songRecords } from './song-records'

/**
 * One row per song play, its song known or not. A play is known by user, session, place in the session
 * and time, so an event delivered twice is one play. Its id is made of these (60 bits of their MD5),
 * so it is the same whenever and in whatever order the play was loaded.
 *
 * Texts are compared without trailing blanks, as Redshift compares VARCHAR.
 */
export const songplays = model({
  name: 'songplays',
  grain: 'one row per song play (page NextSong), its song known or not',
  key: ['songplay_id'],
  from: ['staging_events', 'staging_songs'],
  columns: {
    songplay_id: 'the play; never changes for a play that stays',
    start_time: 'when it began, UTC, to the millisecond',
    user_id: 'who listened: users.user_id; NULL for nobody known',
    level: 'free or paid, at the time of the play',
    song_id: 'what was played: songs.song_id; NULL where the song is not known',
    artist_id: 'who sings it: artists.artist_id; NULL where the song is not known',
    session_id: 'the session that the play belongs to',
    location: 'where the user was',
    user_agent: "the user's browser, as it names itself",
  },
  rows: `
    with plays as (
      select
        strtol(left(md5(nvl(user_id::varchar, '') || ' ' || session_id::varchar || ' '
          || item_in_session::varchar || ' ' || ts::varchar), 15), 16) as songplay_id,
        timestamp 'epoch' + ts / 1000.0 * interval '1 second' as start_time,
        user_id, level, session_id, location, user_agent, song, artist, length
      from (
        select
          ts, user_id, level, session_id, item_in_session, location, user_agent, song, artist, length,
          row_number() over (
            partition by user_id, session_id, item_in_session, ts
            order by level, location, user_agent, song, artist, length
          ) as delivery
        from staging_events
        where page = 'NextSong'
      ) as events
      where delivery = 1
    ),
    songs as (${songRecords}
    ),
    matches as (
      select
        plays.songplay_id, songs.song_id, songs.artist_id,
        row_number() over (
          partition by plays.songplay_id
          order by abs(songs.duration - plays.length), songs.song_id
        ) as choice
      from plays
      join songs
        on rtrim(songs.title) = rtrim(plays.song)
        and rtrim(songs.artist_name) = rtrim(plays.artist)
    )
    select
      plays.songplay_id, plays.start_time, plays.user_id, plays.level, matches.song_id, matches.artist_id,
      plays.session_id, plays.location, plays.user_agent
    from plays
    left join matches
      on matches.songplay_id = plays.songplay_id
      and matches.choice = 1`,
})
