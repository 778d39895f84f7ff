-- title: Which songs are played the most?
-- answers: The 20 songs with the most plays, and how many people listened to them; one row per
--   song. A play whose song is not known is left out.
-- key: song_id
-- chart: bars of plays by title

with listeners as (
  select
    song_id,
    user_id,
    count(*)::integer as plays
  from songplays
  where song_id is not null
  group by
    song_id,
    user_id
),
most_played as (
  select
    song_id,
    sum(plays) as plays,
    count(user_id) as listeners
  from listeners
  group by song_id
  order by
    plays desc,
    song_id
  limit 20
)
select
  most_played.song_id,
  songs.title,
  artists.name as artist,
  most_played.plays,
  most_played.listeners
from most_played
join songs on songs.song_id = most_played.song_id
left join artists on artists.artist_id = songs.artist_id
order by
  most_played.plays desc,
  most_played.song_id;
