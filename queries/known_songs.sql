-- title: Of how many plays is the song known?
-- answers: Plays by week, from Monday, in UTC, those of them that match a song of the metadata on
--   title and artist, and how many different songs these are; one row per week that has plays.
-- key: week
-- chart: lines of percent_known by week

with songs as (
  select
    date_trunc('week', start_time)::date as week,
    song_id,
    count(*)::integer as plays,
    count(song_id)::integer as known_plays
  from songplays
  group by
    date_trunc('week', start_time)::date,
    song_id
)
select
  week,
  sum(plays) as plays,
  sum(known_plays) as known_plays,
  round(100.0 * sum(known_plays) / sum(plays), 1) as percent_known,
  count(song_id) as known_songs
from songs
group by week
order by week;
