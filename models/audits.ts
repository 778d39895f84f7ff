import type { Audit, RecordKey } from './model'
import type { Scope } from './scope'

/** No two rows share the key. */
export function uniqueKey(key: string[]): Audit {
  return { name: `unique ${key.join(', ')}`, unique: key }
}

/** The column has a value in every row. */
export function notNull(column: string): Audit {
  return { name: `${column} not null`, holds: `${column} is not null` }
}

/** The column has one of these values, or none. */
export function accepted(column: string, values: string[]): Audit {
  const list = values.map((value) => `'${value}'`).join(', ')
  return { name: `${column} one of ${values.join(', ')}`, holds: `${column} in (${list})` }
}

/** The column's values, where there are any, are found in another table. */
export function references(column: string, table: string): Audit {
  return { name: `${column} in ${table}`, column, references: table }
}

/** The column's values, where there are any, lie between two, both included. */
export function within(column: string, least: number, most: number): Audit {
  return {
    name: `${column} within ${least} and ${most}`,
    holds: `${column} between ${least} and ${most}`,
  }
}

/** The audit, as one that only warns. */
export function warn(audit: Audit): Audit {
  return { ...audit, severity: 'warn' }
}

/** A table with audits: a model, or a staging table. */
export interface Audited {
  name: string
  /** The column by whose values the rows are chosen that a load brought or wrote. */
  refreshKey: string
  /** What no two rows share. */
  key?: string[]
  audits: Audit[]
  record?: RecordKey
}

/** The query that gives the rows of a table for which an audit does not hold. */
export function offendersOf(
  audit: Audit,
  { name, refreshKey }: Pick<Audited, 'name' | 'refreshKey'>,
  scope: Scope,
): string {
  if ('offenders' in audit) return audit.offenders(scope, name)
  if ('holds' in audit) {
    const { per, holds } = audit
    const offending = `from ${name} where not (${holds}) ${scope.keys(refreshKey)}`
    return per === undefined
      ? `select * ${offending}`
      : `select ${per}, count(*) as rows_of_it ${offending} group by ${per}`
  }
  if ('unique' in audit) {
    const columns = audit.unique.join(', ')
    return `
      select ${columns}, count(*) as copies
      from ${name}
      where 1 = 1 ${scope.keys(refreshKey)}
      group by ${columns}
      having count(*) > 1`
  }
  const { column } = audit
  return `
    select ${name}.*
    from ${name}
    left join ${referred(audit, refreshKey, scope)} as other on other.referred = ${name}.${column}
    where ${name}.${column} is not null and other.referred is null ${scope.keys(`${name}.${refreshKey}`)}`
}

/** What looks at each row by itself, so that one reading of the table can tell of many. */
type RowAudit = Extract<Audit, { holds: string } | { references: string }>

/** True for such an audit. */
export function isOfRows(audit: Audit): audit is RowAudit {
  return 'holds' in audit || 'references' in audit
}

/**
 * The query that holds a table against several audits in one reading: a column for each, in their order,
 * which is 0 where it holds. Where it is not, it may still hold: offendersOf tells.
 */
export function screen(
  audits: RowAudit[],
  { name, refreshKey }: Pick<Audited, 'name' | 'refreshKey'>,
  scope: Scope,
): string {
  const columns = audits.map((audit, i) => {
    const offender =
      'holds' in audit
        ? `when not (${audit.holds}) then 1`
        : `when other_${i}.referred is null then ${name}.${audit.column}`
    return `count(case ${offender} end) as audit_${i}`
  })
  const joins = audits.flatMap((audit, i) =>
    'references' in audit
      ? `left join ${referred(audit, refreshKey, scope)} as other_${i} on other_${i}.referred = ${name}.${audit.column}`
      : [],
  )
  return `
    select ${columns.join(',\n      ')}
    from ${name}
    ${joins.join('\n    ')}
    where 1 = 1 ${scope.keys(`${name}.${refreshKey}`)}`
}

function referred(
  { column, references: table }: { column: string; references: string },
  refreshKey: string,
  scope: Scope,
): string {
  const narrowed = column === refreshKey ? scope.keys(column) : ''
  return `(select ${column} as referred from ${table} where 1 = 1 ${narrowed})`
}
