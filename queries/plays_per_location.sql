-- title: Where do people listen?
-- answers: The 20 locations with the most plays, their listeners and sessions; one row per
--   location.
-- key: location
-- chart: bars of plays by location

select
  nvl(location, 'unknown') as location,
  count(*) as plays,
  round(100.0 * count(*) / sum(count(*)) over (), 1) as percent_of_plays,
  count(distinct user_id) as listeners,
  count(distinct session_id) as sessions
from songplays
group by nvl(location, 'unknown')
order by
  plays desc,
  location
limit 20;
