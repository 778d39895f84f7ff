-- title: When in the week do people listen?
-- answers: Plays by weekday, from Sunday (0), and hour of the day, in UTC; one row per hour of a
--   weekday that has plays.
-- key: weekday, hour
-- chart: heatmap of plays by hour per weekday_name

with hours as (
  select
    date_trunc('hour', start_time) as began,
    count(*)::integer as plays
  from songplays
  group by date_trunc('hour', start_time)
)
select
  date_part(dow, began) as weekday,
  trim(to_char(began, 'Day')) as weekday_name,
  date_part(hour, began) as hour,
  sum(plays) as plays
from hours
group by
  date_part(dow, began),
  trim(to_char(began, 'Day')),
  date_part(hour, began)
order by
  weekday,
  hour;
