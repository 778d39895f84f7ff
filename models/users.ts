import { accepted } from './audits'
import { model } from './model'

/** One row per user seen in the logs, as of the latest event, whatever its page and file. */
export const users = model({
  name: 'users',
  grain: 'one row per user seen in the logs, as of the latest event',
  key: ['user_id'],
  columns: {
    user_id: ['integer', 'the number of the user'],
    first_name: ['varchar(256)', 'the first name, as of the latest event'],
    last_name: ['varchar(256)', 'the last name, as of the latest event'],
    gender: ['varchar(8)', 'F or M, as of the latest event'],
    level: ['varchar(16)', 'free or paid, as of the latest event'],
  },
  refreshKey: 'user_id',
  // The latest event counts: of a user with events of the load, the latest of these or a later one.
  affectedKeys: {
    staging_events: (loadPredicate) => `
      select user_id, max(ts) as ts
      from staging_events
      where ${loadPredicate} and user_id is not null
      group by user_id`,
  },
  moments: 'since',
  // Only the events of each user's latest moment are put in order: there are a few, and of all a million.
  rows: (scope) => `
    select user_id, first_name, last_name, gender, level
    from (
      select
        events.user_id, events.first_name, events.last_name, events.gender, events.level,
        row_number() over (
          partition by events.user_id
          order by
            events.session_id desc, events.item_in_session desc, events.level, events.first_name,
            events.last_name, events.gender
        ) as recency
      from staging_events as events
      join (
        select user_id, max(ts) as ts
        from staging_events
        where user_id is not null ${scope.keys('user_id')} ${scope.moments('ts')}
        group by user_id
      ) as latest on latest.user_id = events.user_id and latest.ts = events.ts
      where events.user_id is not null ${scope.moments('events.ts')}
    ) as events
    where recency = 1`,
  record: { source: 'staging_events', key: 'userId', value: (row) => row.user_id },
  audits: [accepted('level', ['free', 'paid'])],
})
