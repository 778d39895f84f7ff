-- title: Which songs do those who pay hear, and those who do not?
-- answers: The 10 songs with the most plays of each level at the time of the play, and their share
--   of that level's plays of known songs; one row per level and song. A play whose song or level is
--   not known is left out.
-- key: level, song_id
-- chart: bars of percent_of_level by title per level

with plays as (
  select
    level,
    song_id,
    count(*)::integer as plays
  from songplays
  where song_id is not null
    and level is not null
  group by
    level,
    song_id
),
placed as (
  select
    level,
    song_id,
    plays,
    sum(plays) over (partition by level) as plays_of_level,
    row_number() over (partition by level order by plays desc, song_id) as place
  from plays
)
select
  placed.level,
  placed.place,
  placed.song_id,
  songs.title,
  artists.name as artist,
  placed.plays,
  round(100.0 * placed.plays / placed.plays_of_level, 1) as percent_of_level
from placed
join songs on songs.song_id = placed.song_id
left join artists on artists.artist_id = songs.artist_id
where placed.place <= 10
order by
  placed.level,
  placed.place;
