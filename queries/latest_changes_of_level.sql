-- title: Who went from free to paid, or back?
-- answers: The 50 latest changes between free and paid, as they show in the plays: when the first
--   song was played at the new level, and how many had been at the former one; one row per change,
--   known by its first play.
-- key: first_play
-- chart: none

with changers as (
  select user_id
  from songplays
  group by user_id
  having min(level) <> max(level)
),
plays as (
  select
    user_id,
    songplay_id,
    start_time,
    level,
    lag(level) over (partition by user_id order by start_time, songplay_id) as former_level,
    row_number() over (partition by user_id order by start_time, songplay_id) as number
  from songplays
  where user_id in (select user_id from changers)
    and level is not null
),
changes as (
  select
    user_id,
    songplay_id,
    start_time,
    former_level,
    level,
    number - nvl(lag(number) over (partition by user_id order by number), 1) as plays_before
  from plays
  where level <> former_level
)
select
  changes.user_id,
  users.first_name,
  users.last_name,
  changes.start_time as changed_at,
  changes.former_level,
  changes.level as new_level,
  changes.plays_before,
  changes.songplay_id as first_play
from changes
left join users on users.user_id = changes.user_id
order by
  changed_at desc,
  changes.user_id,
  first_play
limit 50;
