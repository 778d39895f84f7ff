-- title: Do listeners come back, week after week?
-- answers: Of the users first heard of in a week, from Monday, in UTC: how many played a song that
--   many weeks later; one row per first week and weeks later in which any did.
-- key: first_monday, weeks_later
-- chart: heatmap of percent_back by weeks_later per first_monday

with active_weeks as (
  select distinct
    user_id,
    date_trunc('week', start_time)::date as monday
  from songplays
  where user_id is not null
),
beginners as (
  select
    user_id,
    min(monday) as first_monday
  from active_weeks
  group by user_id
),
cohorts as (
  select
    first_monday,
    count(*) as users
  from beginners
  group by first_monday
)
select
  cohorts.first_monday,
  datediff(week, cohorts.first_monday, active_weeks.monday) as weeks_later,
  cohorts.users,
  count(*) as users_back,
  round(100.0 * count(*) / cohorts.users, 1) as percent_back
from cohorts
join beginners on beginners.first_monday = cohorts.first_monday
join active_weeks on active_weeks.user_id = beginners.user_id
group by
  cohorts.first_monday,
  active_weeks.monday,
  cohorts.users
order by
  cohorts.first_monday,
  weeks_later;
