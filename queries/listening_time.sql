-- title: How long do people listen?
-- answers: Hours of music by week, from Monday, in UTC, and level at the time of the play. Only a
--   known song has a duration, so these are the hours of the known plays; one row per week and
--   level that has plays.
-- key: week, level
-- chart: stacks of known_hours by week per level

with plays as (
  select
    date_trunc('week', songplays.start_time)::date as week,
    nvl(songplays.level, 'unknown') as level,
    songplays.user_id,
    floor(songs.duration + 0.5)::integer as seconds -- whole ones: their sum is exact in any order
  from songplays
  left join songs on songs.song_id = songplays.song_id
)
select
  week,
  level,
  count(*) as plays,
  count(seconds) as known_plays,
  round(1.0 * nvl(sum(seconds), 0) / 3600, 1) as known_hours,
  round(1.0 * sum(seconds) / (60 * nullif(count(seconds), 0)), 2) as minutes_per_song,
  count(distinct user_id) as listeners
from plays
group by
  week,
  level
order by
  week,
  level;
