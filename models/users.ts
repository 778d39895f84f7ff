import { model } from './model'

/** One row per user seen in the logs, as of the latest event, whatever its page and file. */
export const users = model({
  name: 'users',
  grain: 'one row per user seen in the logs, as of the latest event',
  key: ['user_id'],
  from: ['staging_events'],
  columns: {
    user_id: 'the number of the user',
    first_name: 'as of the latest event',
    last_name: 'as of the latest event',
    gender: 'F or M, as of the latest event',
    level: 'free or paid, as of the latest event',
  },
  rows: `
    select user_id, first_name, last_name, gender, level
    from (
      select
        user_id, first_name, last_name, gender, level,
        row_number() over (
          partition by user_id
          order by ts desc, session_id desc, item_in_session desc, level, first_name, last_name, gender
        ) as recency
      from staging_events
      where user_id is not null
    ) as events
    where recency = 1`,
})
