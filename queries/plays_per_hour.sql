-- title: At what hours do people listen?
-- answers: Plays and listeners by the hour of the day, over all days, in UTC; one row per hour
--   that has plays.
-- key: hour
-- chart: columns of plays by hour

select
  time.hour,
  count(*) as plays,
  round(100.0 * count(*) / sum(count(*)) over (), 1) as percent_of_plays,
  count(distinct songplays.user_id) as listeners
from songplays
join time on time.start_time = songplays.start_time
group by time.hour
order by time.hour;
