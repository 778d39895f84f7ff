-- title: How much is played for free, and how much by those who pay?
-- answers: Plays and listeners by day, in UTC, and level at the time of the play, and the level's
--   share of the plays of the day; one row per day and level that has plays.
-- key: day, level
-- chart: stacks of plays by day per level

select
  start_time::date as day,
  nvl(level, 'unknown') as level,
  count(*) as plays,
  round(
    100.0 * count(*) / sum(count(*)) over (partition by start_time::date),
    1
  ) as percent_of_day,
  count(distinct user_id) as listeners
from songplays
group by
  start_time::date,
  nvl(level, 'unknown')
order by
  day,
  level;
