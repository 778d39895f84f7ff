-- title: How many songs are heard in a session?
-- answers: Sessions by the number of their songs, and their average minutes from the start of the
--   first song to that of the last; one row per range of songs that has sessions.
-- key: songs
-- chart: columns of sessions by songs

with sessions as (
  select
    count(*)::integer as songs,
    datediff(second, min(start_time), max(start_time))::integer as seconds
  from songplays
  group by
    user_id,
    session_id
),
ranges as (
  select
    case
      when songs = 1 then '1'
      when songs <= 5 then '2 to 5'
      when songs <= 10 then '6 to 10'
      when songs <= 20 then '11 to 20'
      when songs <= 50 then '21 to 50'
      else 'more than 50'
    end as range_of_songs,
    songs,
    seconds
  from sessions
)
select
  range_of_songs as songs,
  count(*) as sessions,
  round(100.0 * count(*) / sum(count(*)) over (), 1) as percent_of_sessions,
  sum(ranges.songs) as plays,
  round(1.0 * sum(seconds) / (60 * count(*)), 1) as minutes_per_session
from ranges
group by range_of_songs
order by min(ranges.songs);
