-- title: How many upgrade, and how many downgrade?
-- answers: Changes between free and paid by week, from Monday, in UTC, as they show in the plays:
--   a change counts in the week of the first play at the new level; one row per week and direction
--   that has changes.
-- key: week, direction
-- chart: columns of changes by week per direction

with changers as (
  select user_id
  from songplays
  group by user_id
  having min(level) <> max(level)
),
plays as (
  select
    user_id,
    start_time,
    level,
    lag(level) over (partition by user_id order by start_time, songplay_id) as former_level
  from songplays
  where user_id in (select user_id from changers)
    and level is not null
),
changes as (
  select
    user_id,
    date_trunc('week', start_time)::date as week,
    case level when 'paid' then 'upgrade' else 'downgrade' end as direction
  from plays
  where level <> former_level
)
select
  week,
  direction,
  count(*) as changes,
  count(distinct user_id) as users
from changes
group by
  week,
  direction
order by
  week,
  direction;
