-- title: On which days of the week do people listen?
-- answers: Plays by the day of the week, and how many fall on one such day on average, as a month
--   has five of some; one row per weekday that has plays, from Sunday (0), in UTC.
-- key: weekday
-- chart: columns of plays_per_day by weekday_name

select
  time.weekday,
  trim(to_char(songplays.start_time, 'Day')) as weekday_name,
  count(*) as plays,
  count(distinct songplays.start_time::date) as days,
  round(1.0 * count(*) / count(distinct songplays.start_time::date), 1) as plays_per_day
from songplays
join time on time.start_time = songplays.start_time
group by
  time.weekday,
  trim(to_char(songplays.start_time, 'Day'))
order by time.weekday;
