/** For every audit, a statement that makes it fail, and how many rows then do. */
export const breaks: Record<string, { sql: string; count: number }> = {
  'users: unique user_id': { sql: 'insert into users select * from users', count: 2 },
  'users: level not null': { sql: 'update users set level = null where user_id = 1', count: 1 },
  'users: level one of free, paid': { sql: "update users set level = 'gold'", count: 2 },

  'songs: unique song_id': { sql: 'insert into songs select * from songs', count: 2 },
  'songs: title not null': { sql: 'update songs set title = null', count: 2 },
  'songs: artist_id in artists': { sql: "delete from artists where artist_id = 'AR1'", count: 1 },
  'songs: duration within 0 and 86400': { sql: 'update songs set duration = -0.5', count: 2 },

  'artists: unique artist_id': { sql: 'insert into artists select * from artists', count: 2 },
  'artists: name not null': {
    sql: "update artists set name = null where artist_id = 'AR1'",
    count: 1,
  },
  'artists: latitude within -90 and 90': { sql: 'update artists set latitude = 90.5', count: 2 },
  'artists: longitude within -180 and 180': {
    sql: 'update artists set longitude = -181',
    count: 2,
  },

  'songplays: unique songplay_id': {
    sql: 'insert into songplays select * from songplays',
    count: 8,
  },
  'songplays: level one of free, paid': { sql: "update songplays set level = ''", count: 8 },
  'songplays: user_id in users': { sql: 'delete from users where user_id = 2', count: 1 },
  'songplays: song_id in songs': { sql: "delete from songs where song_id = 'SO1'", count: 1 },
  'songplays: artist_id in artists': {
    sql: "update songplays set artist_id = 'AR9' where song_id = 'SO1'",
    count: 1,
  },
  'songplays: start_time in time': { sql: 'delete from time', count: 8 },
  'songplays: as many plays as NextSong events of a session, each counted once': {
    sql: 'delete from songplays where session_id = 2',
    count: 1,
  },

  'time: unique start_time': { sql: 'insert into time select * from time', count: 8 },
  'time: start_time in songplays': { sql: 'delete from songplays where session_id = 1', count: 7 },
  'time: hour within 0 and 23': { sql: 'update time set hour = 24', count: 8 },
  'time: weekday within 0 and 6': { sql: 'update time set weekday = -1', count: 8 },
}
