-- title: Of how many plays is the song known?
-- answers: Plays by week, from Monday, in UTC, those of them that match a song of the metadata on
--   title and artist, and how many different songs these are; one row per week that has plays.
-- key: week
-- chart: lines of percent_known by week

select
  date_trunc('week', start_time)::date as week,
  count(*) as plays,
  count(song_id) as known_plays,
  round(100.0 * count(song_id) / count(*), 1) as percent_known,
  count(distinct song_id) as known_songs
from songplays
group by date_trunc('week', start_time)::date
order by week;
