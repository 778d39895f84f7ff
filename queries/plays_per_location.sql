-- title: Where do people listen?
-- answers: The 20 locations with the most plays, their listeners and sessions; one row per
--   location.
-- key: location
-- chart: bars of plays by location

with sessions as (
  select
    nvl(location, 'unknown') as location,
    user_id,
    session_id,
    count(*)::integer as plays
  from songplays
  group by
    nvl(location, 'unknown'),
    user_id,
    session_id
)
select
  location,
  sum(plays) as plays,
  round(100.0 * sum(plays) / sum(sum(plays)) over (), 1) as percent_of_plays,
  count(distinct user_id) as listeners,
  count(distinct session_id) as sessions
from sessions
group by location
order by
  plays desc,
  location
limit 20;
