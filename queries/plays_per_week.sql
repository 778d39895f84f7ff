-- title: How many songs are played a week?
-- answers: Plays and listeners by week, from Monday, in UTC, and on how many of its days there
--   were plays: the first and the last week may not be whole; one row per week that has plays.
-- key: week
-- chart: columns of plays by week

with listeners as (
  select
    start_time::date as day,
    user_id,
    count(*)::integer as plays
  from songplays
  group by
    start_time::date,
    user_id
)
select
  date_trunc('week', day)::date as week,
  date_part(week, day) as week_number,
  sum(plays) as plays,
  count(distinct user_id) as listeners,
  count(distinct day) as days
from listeners
group by
  date_trunc('week', day)::date,
  date_part(week, day)
order by week;
