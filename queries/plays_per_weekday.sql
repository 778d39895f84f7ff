-- title: On which days of the week do people listen?
-- answers: Plays by the day of the week, and how many fall on one such day on average, as a month
--   has five of some; one row per weekday that has plays, from Sunday (0), in UTC.
-- key: weekday
-- chart: columns of plays_per_day by weekday_name

with days as (
  select
    start_time::date as day,
    count(*)::integer as plays
  from songplays
  group by start_time::date
)
select
  date_part(dow, day) as weekday,
  trim(to_char(day, 'Day')) as weekday_name,
  sum(plays) as plays,
  count(*) as days,
  round(1.0 * sum(plays) / count(*), 1) as plays_per_day
from days
group by
  date_part(dow, day),
  trim(to_char(day, 'Day'))
order by weekday;
