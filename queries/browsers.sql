-- title: Which browsers are used?
-- answers: Plays, listeners and sessions by browser, as far as the browser names itself; one row
--   per browser.
-- key: browser
-- chart: bars of plays by browser

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
      when user_agent like '%Edge/%' or user_agent like '%Edg/%' then 'Edge'
      when user_agent like '%OPR/%' then 'Opera'
      when user_agent like '%Trident/%' or user_agent like '%MSIE %' then 'Internet Explorer'
      when user_agent like '%Firefox/%' then 'Firefox'
      when user_agent like '%Chrome/%' then 'Chrome'
      when user_agent like '%Safari/%' then 'Safari'
      else 'other'
    end as browser
  from sessions
)
select
  browser,
  sum(plays) as plays,
  round(100.0 * sum(plays) / sum(sum(plays)) over (), 1) as percent_of_plays,
  count(distinct user_id) as listeners,
  count(distinct session_id) as sessions
from named
group by browser
order by
  plays desc,
  browser;
