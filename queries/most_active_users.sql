-- title: Who listens the most, and to whom?
-- answers: The 20 users with the most plays, their sessions, and the artist that they heard most
--   often among the plays whose song is known; one row per user, with name and level as of the
--   latest event.
-- key: user_id
-- chart: bars of plays by listener

with sessions as (
  select
    user_id,
    session_id,
    count(*)::integer as plays,
    count(song_id)::integer as known_plays
  from songplays
  where user_id is not null
  group by
    user_id,
    session_id
),
listeners as (
  select
    user_id,
    sum(plays) as plays,
    count(*) as sessions,
    sum(known_plays) as known_plays
  from sessions
  group by user_id
  order by
    plays desc,
    user_id
  limit 20
),
heard as (
  select
    user_id,
    artist_id,
    count(*) as plays,
    row_number() over (partition by user_id order by count(*) desc, artist_id) as place
  from songplays
  where user_id in (select user_id from listeners)
    and artist_id is not null
  group by
    user_id,
    artist_id
)
select
  listeners.user_id,
  nvl(users.first_name, '') || ' ' || nvl(users.last_name, '') as listener,
  users.level,
  listeners.plays,
  listeners.sessions,
  listeners.known_plays,
  artists.name as favourite_artist,
  heard.plays as plays_of_favourite
from listeners
left join users on users.user_id = listeners.user_id
left join heard on heard.user_id = listeners.user_id and heard.place = 1
left join artists on artists.artist_id = heard.artist_id
order by
  listeners.plays desc,
  listeners.user_id;
