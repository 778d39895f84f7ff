-- title: Which artists are played the most?
-- answers: The 20 artists with the most plays, how many of their songs were played and how many
--   people listened; one row per artist. A play whose song is not known is left out.
-- key: artist_id
-- chart: bars of plays by artist

with most_played as (
  select
    artist_id,
    count(*) as plays
  from songplays
  where artist_id is not null
  group by artist_id
  order by
    plays desc,
    artist_id
  limit 20
)
select
  most_played.artist_id,
  artists.name as artist,
  most_played.plays,
  count(distinct songplays.song_id) as songs,
  count(distinct songplays.user_id) as listeners
from most_played
join artists on artists.artist_id = most_played.artist_id
join songplays on songplays.artist_id = most_played.artist_id
group by
  most_played.artist_id,
  artists.name,
  most_played.plays
order by
  most_played.plays desc,
  most_played.artist_id;
