-- title: How many songs are played a week?
-- answers: Plays and listeners by week, from Monday, in UTC, and on how many of its days there
--   were plays: the first and the last week may not be whole; one row per week that has plays.
-- key: week
-- chart: columns of plays by week

select
  date_trunc('week', songplays.start_time)::date as week,
  time.week as week_number,
  count(*) as plays,
  count(distinct songplays.user_id) as listeners,
  count(distinct songplays.start_time::date) as days
from songplays
join time on time.start_time = songplays.start_time
group by
  date_trunc('week', songplays.start_time)::date,
  time.week
order by week;
