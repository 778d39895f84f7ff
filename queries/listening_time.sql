-- title: How long do people listen?
-- answers: Hours of music by week, from Monday, in UTC, and level at the time of the play. Only a
--   known song has a duration, so these are the hours of the known plays; one row per week and
--   level that has plays.
-- key: week, level
-- chart: stacks of known_hours by week per level

with listeners as (
  select
    songplays.start_time::date as day,
    nvl(songplays.level, 'unknown') as level,
    songplays.user_id,
    count(*)::integer as plays,
    count(songs.duration)::integer as known_plays,
    -- whole seconds: their sum is exact in any order
    sum(floor(songs.duration + 0.5)::integer)::integer as seconds
  from songplays
  left join songs on songs.song_id = songplays.song_id
  group by
    songplays.start_time::date,
    nvl(songplays.level, 'unknown'),
    songplays.user_id
)
select
  date_trunc('week', day)::date as week,
  level,
  sum(plays) as plays,
  sum(known_plays) as known_plays,
  round(1.0 * nvl(sum(seconds), 0) / 3600, 1) as known_hours,
  round(1.0 * sum(seconds) / (60 * nullif(sum(known_plays), 0)), 2) as minutes_per_song,
  count(distinct user_id) as listeners
from listeners
group by
  date_trunc('week', day)::date,
  level
order by
  week,
  level;
