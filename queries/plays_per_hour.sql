-- title: At what hours do people listen?
-- answers: Plays and listeners by the hour of the day, over all days, in UTC; one row per hour
--   that has plays.
-- key: hour
-- chart: columns of plays by hour

with listeners as (
  select
    date_part(hour, start_time) as hour,
    user_id,
    count(*)::integer as plays
  from songplays
  group by
    date_part(hour, start_time),
    user_id
)
select
  hour,
  sum(plays) as plays,
  round(100.0 * sum(plays) / sum(sum(plays)) over (), 1) as percent_of_plays,
  count(user_id) as listeners
from listeners
group by hour
order by hour;
