import type { DeclaredColumn } from './finding'

/** Encodings whose columns Redshift does not let be widened. */
const fixedEncodings = ['bytedict', 'runlength', 'text255', 'text32k']

/** The body of a migration that makes a VARCHAR column longer, keeping its rows. */
export function widen(table: string, column: DeclaredColumn | string, bytes: number): string {
  const { name, encoding } = typeof column === 'string' ? { name: column, encoding: '' } : column
  const statements = [
    ...(fixedEncodings.includes(encoding)
      ? [`alter table ${table} alter column ${name} encode zstd`]
      : []),
    `alter table ${table} alter column ${name} type varchar(${bytes})`,
  ]
  return `// ALTER COLUMN TYPE cannot run in a transaction.
export const config = { transaction: false }

export async function up(knex: Knex): Promise<void> {
${statements.map((statement) => `  await knex.raw('${statement}')`).join('\n')}
}`
}

/** The body of a migration that gives a column another type, for types that ALTER COLUMN cannot change. */
export function replaceType(
  table: string,
  { name: column, notnull }: Pick<DeclaredColumn, 'name' | 'notnull'>,
  type: string,
): string {
  // Redshift adds a NOT NULL column only with a default; the update overwrites it.
  const rule = notnull ? ' not null default 0' : ''
  const former = `${column}_before`
  const statements = [
    `alter table ${table} rename column ${column} to ${former}`,
    `alter table ${table} add column ${column} ${type}${rule}`,
    `update ${table} set ${column} = ${former}`,
    `alter table ${table} drop column ${former}`,
  ]
  return `export async function up(knex: Knex): Promise<void> {
${statements.map((statement) => `  await knex.raw('${statement}')`).join('\n')}
}`
}
