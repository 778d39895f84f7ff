-- title: How long does it take from the first play to paid?
-- answers: Listeners by the days from their first play to their first paid one, in UTC, and how many
--   plays they had before that, on average; one row per range of days that has listeners. Who was
--   first heard of as paid has no days to count, and may have paid before; who never paid may yet.
-- key: days_to_paid
-- chart: columns of users by days_to_paid

with firsts as (
  select
    user_id,
    min(start_time) as first_play,
    min(case when level = 'paid' then start_time end) as first_paid_play
  from songplays
  where user_id is not null
    and level is not null
  group by user_id
),
before as (
  select
    firsts.user_id,
    datediff(day, firsts.first_play, firsts.first_paid_play) as days,
    count(songplays.songplay_id)::integer as plays
  from firsts
  left join songplays
    on songplays.user_id = firsts.user_id
    and songplays.start_time < firsts.first_paid_play
    and songplays.level is not null
  group by
    firsts.user_id,
    firsts.first_play,
    firsts.first_paid_play
),
ranges as (
  select
    case
      when days is null then 7
      when plays = 0 then 1
      when days = 0 then 2
      when days <= 7 then 3
      when days <= 14 then 4
      when days <= 30 then 5
      else 6
    end as place,
    case
      when days is null then 'not paid'
      when plays = 0 then 'paid at first'
      when days = 0 then 'the same day'
      when days <= 7 then '1 to 7'
      when days <= 14 then '8 to 14'
      when days <= 30 then '15 to 30'
      else 'more than 30'
    end as days_to_paid,
    days,
    plays
  from before
)
select
  days_to_paid,
  count(*) as users,
  round(100.0 * count(*) / sum(count(*)) over (), 1) as percent_of_users,
  case when place between 2 and 6 then round(1.0 * sum(plays) / count(*), 1) end as plays_before
from ranges
group by
  place,
  days_to_paid
order by place;
