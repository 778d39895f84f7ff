-- title: How many songs are played a day?
-- answers: Plays, listeners and songs a listener hears, day by day, in UTC; one row per day that
--   has plays.
-- key: day
-- chart: lines of plays by day

with listeners as (
  select
    start_time::date as day,
    user_id,
    count(*)::integer as plays,
    count(user_id)::integer as plays_of_known
  from songplays
  group by
    start_time::date,
    user_id
)
select
  day,
  sum(plays) as plays,
  count(user_id) as listeners,
  round(1.0 * sum(plays_of_known) / nullif(count(user_id), 0), 1) as plays_per_listener
from listeners
group by day
order by day;
