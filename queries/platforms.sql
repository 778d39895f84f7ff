-- title: Which platforms are used?
-- answers: Plays, listeners and sessions by platform, as far as the browser names it; one row per
--   platform.
-- key: platform
-- chart: bars of plays by platform

with sessions as (
  select
    user_agent,
    user_id,
    session_id,
    count(*)::integer as plays
  from songplays
  group by
    user_agent,
    user_id,
    session_id
),
named as (
  select
    user_id,
    session_id,
    plays,
    case
      when user_agent is null then 'unknown'
      when user_agent like '%Windows%' then 'Windows'
      when user_agent like '%iPhone%' then 'iPhone'
      when user_agent like '%iPad%' then 'iPad'
      when user_agent like '%Android%' then 'Android'
      when user_agent like '%Macintosh%' then 'macOS'
      when user_agent like '%CrOS%' then 'ChromeOS'
      when user_agent like '%Linux%' then 'Linux'
      else 'other'
    end as platform
  from sessions
)
select
  platform,
  sum(plays) as plays,
  round(100.0 * sum(plays) / sum(sum(plays)) over (), 1) as percent_of_plays,
  count(distinct user_id) as listeners,
  count(distinct session_id) as sessions
from named
group by platform
order by
  plays desc,
  platform;
