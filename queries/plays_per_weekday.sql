-- title: On which days of the week do people listen?
-- answers: Plays by the day of the week, and how many fall on one such day on average, as a month
--   has five of some; one row per weekday that has plays, from Sunday (0), in UTC.
-- key: weekday
-- chart: columns of plays_per_day by weekday_name

with days as (
  select
    start_time::date as day,
    min(start_time) as first_play,
    count(*)::integer as plays
  from songplays
  group by start_time::date
)
select
  time.weekday,
  trim(to_char(days.day, 'Day')) as weekday_name,
  sum(days.plays) as plays,
  count(*) as days,
  round(1.0 * sum(days.plays) / count(*), 1) as plays_per_day
from days
join time on time.start_time = days.first_play
group by
  time.weekday,
  trim(to_char(days.day, 'Day'))
order by time.weekday;
