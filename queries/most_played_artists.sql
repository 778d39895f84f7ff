-- title: Which artists are played the most?
-- answers: The 20 artists with the most plays, how many of their songs were played and how many
--   people listened; one row per artist. A play whose song is not known is left out.
-- key: artist_id
-- chart: bars of plays by artist

select
  artists.artist_id,
  artists.name as artist,
  count(*) as plays,
  count(distinct songplays.song_id) as songs,
  count(distinct songplays.user_id) as listeners
from songplays
join artists on artists.artist_id = songplays.artist_id
group by
  artists.artist_id,
  artists.name
order by
  plays desc,
  artists.artist_id
limit 20;
