-- title: How much is played for free, and how much by those who pay?
-- answers: Plays and listeners by day, in UTC, and level at the time of the play, and the level's
--   share of the plays of the day; one row per day and level that has plays.
-- key: day, level
-- chart: stacks of plays by day per level

with listeners as (
  select
    start_time::date as day,
    nvl(level, 'unknown') as level,
    user_id,
    count(*)::integer as plays
  from songplays
  group by
    start_time::date,
    nvl(level, 'unknown'),
    user_id
)
select
  day,
  level,
  sum(plays) as plays,
  round(100.0 * sum(plays) / sum(sum(plays)) over (partition by day), 1) as percent_of_day,
  count(user_id) as listeners
from listeners
group by
  day,
  level
order by
  day,
  level;
