-- title: When in the week do people listen?
-- answers: Plays by weekday, from Sunday (0), and hour of the day, in UTC; one row per hour of a
--   weekday that has plays.
-- key: weekday, hour
-- chart: heatmap of plays by hour per weekday_name

select
  time.weekday,
  trim(to_char(songplays.start_time, 'Day')) as weekday_name,
  time.hour,
  count(*) as plays
from songplays
join time on time.start_time = songplays.start_time
group by
  time.weekday,
  trim(to_char(songplays.start_time, 'Day')),
  time.hour
order by
  time.weekday,
  time.hour;
