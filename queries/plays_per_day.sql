-- title: How many songs are played a day?
-- answers: Plays, listeners and songs a listener hears, day by day, in UTC; one row per day that
--   has plays.
-- key: day
-- chart: lines of plays by day

select
  start_time::date as day,
  count(*) as plays,
  count(distinct user_id) as listeners,
  round(1.0 * count(user_id) / nullif(count(distinct user_id), 0), 1) as plays_per_listener
from songplays
group by start_time::date
order by day;
