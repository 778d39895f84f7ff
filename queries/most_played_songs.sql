-- title: Which songs are played the most?
-- answers: The 20 songs with the most plays, and how many people listened to them; one row per
--   song. A play whose song is not known is left out.
-- key: song_id
-- chart: bars of plays by title

select
  songs.song_id,
  songs.title,
  artists.name as artist,
  count(*) as plays,
  count(distinct songplays.user_id) as listeners
from songplays
join songs on songs.song_id = songplays.song_id
left join artists on artists.artist_id = songs.artist_id
group by
  songs.song_id,
  songs.title,
  artists.name
order by
  plays desc,
  songs.song_id
limit 20;
