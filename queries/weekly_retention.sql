-- title: Do listeners come back, week after week?
-- answers: Of the users first heard of in a week, from Monday, in UTC: how many played a song that
--   many weeks later; one row per first week and weeks later in which any did.
-- key: first_week, weeks_later
-- chart: heatmap of percent_back by weeks_later per first_week

with active_days as (
  select distinct
    user_id,
    start_time::date as day
  from songplays
  where user_id is not null
),
active_weeks as (
  select distinct
    user_id,
    date_trunc('week', day)::date as week
  from active_days
),
beginners as (
  select
    user_id,
    min(week) as first_week
  from active_weeks
  group by user_id
),
cohorts as (
  select
    first_week,
    count(*) as users
  from beginners
  group by first_week
)
select
  cohorts.first_week,
  datediff(week, cohorts.first_week, active_weeks.week) as weeks_later,
  cohorts.users,
  count(*) as users_back,
  round(100.0 * count(*) / cohorts.users, 1) as percent_back
from cohorts
join beginners on beginners.first_week = cohorts.first_week
join active_weeks on active_weeks.user_id = beginners.user_id
group by
  cohorts.first_week,
  active_weeks.week,
  cohorts.users
order by
  cohorts.first_week,
  weeks_later;
