import type { Audit } from './model'

/** No two rows share the key. */
export function uniqueKey(key: string[]): Audit {
  const columns = key.join(', ')
  return {
    name: `unique ${columns}`,
    offenders: ({ name, refreshKey }, scope) =>
      `select ${columns}, count(*) as copies from ${name} where 1 = 1 ${scope(refreshKey)} group by ${columns} having count(*) > 1`,
  }
}

/** The column has a value in every row. */
export function notNull(column: string): Audit {
  return {
    name: `${column} not null`,
    offenders: ({ name, refreshKey }, scope) =>
      `select * from ${name} where ${column} is null ${scope(refreshKey)}`,
  }
}

/** The column has one of these values, or none. */
export function accepted(column: string, values: string[]): Audit {
  const list = values.map((value) => `'${value}'`).join(', ')
  return {
    name: `${column} one of ${values.join(', ')}`,
    offenders: ({ name, refreshKey }, scope) =>
      `select * from ${name} where ${column} not in (${list}) ${scope(refreshKey)}`,
  }
}

/** The column's values, where there are any, are found in another table. */
export function references(column: string, table: string): Audit {
  return {
    name: `${column} in ${table}`,
    offenders: ({ name, refreshKey }, scope) => `
      select ${name}.* from ${name}
      left join (
        select ${column} from ${table} where 1 = 1 ${column === refreshKey ? scope(column) : ''}
      ) as other on other.${column} = ${name}.${column}
      where ${name}.${column} is not null and other.${column} is null ${scope(`${name}.${refreshKey}`)}`,
  }
}

/** The column's values, where there are any, lie between two, both included. */
export function within(column: string, least: number, most: number): Audit {
  return {
    name: `${column} within ${least} and ${most}`,
    offenders: ({ name, refreshKey }, scope) =>
      `select * from ${name} where ${column} not between ${least} and ${most} ${scope(refreshKey)}`,
  }
}
