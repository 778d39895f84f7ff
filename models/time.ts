import { references, within } from './audits'
import { model, affectedTable } from './model'
import { recordOfStartTime } from './songplays'
import { everyDay } from './usual'

/** One row per start_time of a songplay, taken apart. */
export const time = model({
  name: 'time',
  grain: 'one row per start_time of a songplay',
  key: ['start_time'],
  columns: {
    start_time: ['timestamp', 'when plays began, UTC, to the millisecond'],
    hour: ['smallint', 'the hour of the day, 0 to 23'],
    day: ['smallint', 'the day of the month, 1 to 31'],
    week: ['smallint', 'the week of the year by ISO 8601, 1 to 53'],
    month: ['smallint', 'the month, 1 to 12'],
    year: ['smallint', 'the year, with four digits'],
    weekday: ['smallint', 'the day of the week, 0 to 6 from Sunday'],
  },
  refreshKey: 'start_time',
  affectedKeys: { songplays: () => `select start_time, ts from ${affectedTable('songplays')}` },
  moments: 'at',
  rows: (scope) => `
    select
      start_time,
      extract(hour from start_time),
      extract(day from start_time),
      extract(week from start_time),
      extract(month from start_time),
      extract(year from start_time),
      extract(dow from start_time)
    from songplays
    where 1 = 1 ${scope.keys('start_time')}
    group by start_time`,
  record: recordOfStartTime,
  audits: [
    references('start_time', 'songplays'),
    within('hour', 0, 23),
    within('weekday', 0, 6),
    everyDay('start_time'),
  ],
})
