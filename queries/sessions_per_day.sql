-- title: How many sessions are there, and how long are they?
-- answers: Sessions by the day on which they began, in UTC, their songs, and their minutes from
--   the start of the first song to that of the last; one row per day on which a session with plays
--   began.
-- key: day
-- chart: lines of sessions by day

with sessions as (
  select
    min(start_time)::date as day,
    count(*)::integer as songs,
    datediff(second, min(start_time), max(start_time))::integer as seconds
  from songplays
  group by
    user_id,
    session_id
)
select
  day,
  count(*) as sessions,
  round(1.0 * sum(songs) / count(*), 1) as songs_per_session,
  max(songs) as most_songs,
  round(1.0 * sum(seconds) / (60 * count(*)), 1) as minutes_per_session,
  round(1.0 * max(seconds) / 60, 1) as most_minutes
from sessions
group by day
order by day;
