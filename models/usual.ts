import type { StagingTable } from '../sources/source'
import { accepted, type Audited } from './audits'
import type { Audit } from './model'
import type { Scope } from './scope'

/*
 * Audits that hold what came against what came before: they warn. Usual is the median of the month before, and
 * where less than `least` rows are usual, chance alone leaves days out.
 */
const month = 31
const least = 20
const times = 10
const fewest = 7 // former days or files, that there is a median
const leastBytes = 5000 // of a file: about the least rows

/** A day has no more than ten times the rows that are usual, and no less than a tenth. */
export function usualPerDay(column: string): Audit {
  return {
    name: 'as many rows a day as usual',
    severity: 'warn',
    // A day that has just ended is judged with the next one: the last may still go on.
    offenders: (scope, table) => `
      with ${daysAround(scope, table, column)}
      select day::date as day, day_rows, usual::bigint as usual
      from (
        select days.day, days.day_rows, median(former.day_rows) as usual, count(*) as former_days
        from days
        join days as former on ${isFormer}
        where (days.day in (select day from affected)
            or dateadd(day, 1, days.day) in (select day from affected))
          and days.day < (select max(day) from days)
        group by days.day, days.day_rows
      ) as judged
      where former_days >= ${fewest} and usual >= ${least}
        and (day_rows * ${times} < usual or day_rows > usual * ${times})`,
  }
}

/** Days with rows follow each other, as far as a gap of a month: else a day is missing. */
export function everyDay(column: string): Audit {
  return {
    name: 'no day missing',
    severity: 'warn',
    offenders: (scope, table) => `
      with ${daysAround(scope, table, column)}
      select dateadd(day, 1, last_day)::date as first_missing, dateadd(day, -1, day)::date as last_missing,
        usual::bigint as usual
      from (
        select days.day, max(former.day) as last_day, median(former.day_rows) as usual
        from days
        join days as former on ${isFormer}
        where days.day in (select day from affected)
        group by days.day
      ) as judged
      where last_day < dateadd(day, -1, day) and usual >= ${least}`,
  }
}

/** Of the rows of a day no less than a tenth of the usual share have a value in the column `known`. */
export function usualShare(column: string, known: string): Audit {
  return {
    name: `${known} known as often as usual`,
    severity: 'warn',
    offenders: (scope, table) => `
      with ${daysAround(scope, table, column, `count(${known})`)}
      select day::date as day, day_rows, day_known as known, day_rows * former_known / former_rows as usual
      from (
        select days.day, days.day_rows, days.day_known,
          sum(former.day_rows) as former_rows, sum(former.day_known) as former_known
        from days
        join days as former on ${isFormer}
        where days.day in (select day from affected)
        group by days.day, days.day_rows, days.day_known
      ) as judged
      where former_known >= ${least} and day_rows * former_known >= ${least} * former_rows
        and day_known * ${times} * former_rows < day_rows * former_known`,
  }
}

const isFormer = `former.day < days.day and former.day >= dateadd(day, -${month}, days.day)`

/** The days around those that a load affects, with their rows, and the affected ones by themselves. */
function daysAround(scope: Scope, table: string, column: string, known = 'count(*)'): string {
  const day = `date_trunc('day', ${column})`
  const keys = scope.keys(column)
  const ofKeys = `select distinct ${day} as day from ${table} where 1 = 1 ${keys}`
  return `days as (
        select ${day} as day, count(*) as day_rows, ${known} as day_known
        from ${table}
        where 1 = 1 ${scope.around(column, { before: month + 1, behind: 7 })}
        group by ${day}
      ),
      affected as (${keys === '' ? 'select day from days' : ofKeys})`
}

/** A file has no more than ten times the bytes that are usual of the loads before, and no less than a tenth. */
const usualFiles: Audit = {
  name: 'files as large as usual',
  severity: 'warn',
  offenders: (scope, table) => `
    select files.url, files.size, former.usual::bigint as usual
    from load_files as files
    join (
      select of_load.loaded_at, median(former.size) as usual, count(*) as former_files
      from (
        select distinct loaded_at
        from load_files
        where table_name = '${table}' and state = 'loaded' ${scope.keys('loaded_at')}
      ) as of_load
      join load_files as former
        on former.loaded_at < of_load.loaded_at
        and former.loaded_at >= dateadd(day, -${month}, of_load.loaded_at)
      where former.table_name = '${table}' and former.state = 'loaded'
      group by of_load.loaded_at
    ) as former on former.loaded_at = files.loaded_at
    where files.table_name = '${table}' and files.state = 'loaded' ${scope.keys('files.loaded_at')}
      and former_files >= ${fewest} and usual >= ${leastBytes}
      and (files.size * ${times} < usual or files.size > usual * ${times})`,
}

/** The column has no value that was never seen before. */
function noNew(column: string, values: string[]): Audit {
  return {
    ...accepted(column, values),
    name: `no new ${column}`,
    severity: 'warn',
    per: column,
  }
}

/** A staging table with its audits: of its files, and of the values that its source knows. */
export function stagingAudits({ name, known = {} }: StagingTable): Audited {
  const values = Object.entries(known).map(([column, values]) => noNew(column, values))
  return { name, refreshKey: 'loaded_at', audits: [usualFiles, ...values] }
}
