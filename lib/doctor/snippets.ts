import type { DeclaredColumn } from './error-log'
import type { Advice } from './finding'

/** The body of a migration that makes a VARCHAR column longer, keeping its rows. */
export function widenColumn(
  table: string,
  { name, encoding }: Pick<DeclaredColumn, 'name' | 'encoding'>,
  bytes: number,
): string {
  const change = `alter table ${table} alter column ${name}`
  const statements = [`${change} type varchar(${bytes})`]
  if (fixedEncodings.includes(encoding)) statements.unshift(`${change} encode zstd`)
  return `// ALTER COLUMN TYPE cannot run in a transaction.
export const config = { transaction: false }

${migration(statements)}`
}

/** Encodings whose columns Redshift does not let be widened. */
const fixedEncodings = ['bytedict', 'runlength', 'text255', 'text32k']

/** The body of a migration that gives a column another type, for types that ALTER COLUMN cannot change. */
export function replaceColumn(
  table: string,
  { name: column, notnull }: Pick<DeclaredColumn, 'name' | 'notnull'>,
  type: string,
): string {
  // Redshift adds a NOT NULL column only with a default; the update overwrites it.
  const rule = notnull ? ' not null default 0' : ''
  const former = `${column}_before`
  return migration([
    `alter table ${table} rename column ${column} to ${former}`,
    `alter table ${table} add column ${column} ${type}${rule}`,
    `update ${table} set ${column} = ${former}`,
    `alter table ${table} drop column ${former}`,
  ])
}

function migration(statements: string[]): string {
  return `export async function up(knex: Knex): Promise<void> {
${statements.map((statement) => `  await knex.raw('${statement}')`).join('\n')}
}`
}

/**
 * What to do where the files spell a key differently from what COPY was told.
 * @param json 'auto', or the URL of a JSONPaths file
 */
export function spellingAdvice(key: string, found: string, json: string): Required<Advice> {
  const problem = `The files have the key "${found}", and COPY looks for "${key}", case-sensitively.`
  const path = `"$['${found}']"`
  if (json.startsWith('s3://'))
    return { explanation: `${problem} In ${json}, replace $['${key}'] by:`, snippet: path }
  if (found.toLowerCase() === key)
    return {
      explanation: `${problem} Let COPY ignore case:`,
      snippet: "format json 'auto ignorecase'",
    }
  return {
    explanation: `${problem} Name the key in a JSONPaths file, with its paths in the order of the columns:`,
    snippet: path,
  }
}

/** Something that is often written in place of JSON. */
interface CommonMistake {
  rule: string
  find: RegExp
  replace: string | ((found: string) => string)
}

/** In text outside of strings. */
const commonMistakes: CommonMistake[] = [
  { rule: 'JSON has no comma before a closing bracket.', find: /,\s*([}\]])/g, replace: '$1' },
  {
    rule: 'JSON has no NaN and no Infinity: null is expected.',
    find: /-?\b(NaN|Infinity)\b/g,
    replace: 'null',
  },
  {
    rule: 'JSON writes None, True and False as null, true and false.',
    find: /\b(None|True|False)\b/g,
    replace: (word) => (word === 'None' ? 'null' : word.toLowerCase()),
  },
  { rule: 'JSON has double quotation marks.', find: /'([^'"]*)'/g, replace: '"$1"' },
  { rule: 'JSON has straight quotation marks.', find: /[“”]/g, replace: '"' },
  { rule: 'JSON has no comments.', find: /\/\*.*?\*\/|\/\/.*$/gm, replace: '' },
]

/** A record as it was probably meant, and the rules that it broke; undefined where that cannot be told. */
export function repairJson(text: string): { repaired: string; rules: string[] } | undefined {
  let repaired = text
  const rules: string[] = []
  for (const { rule, find, replace } of commonMistakes) {
    const next = outsideStrings(repaired, (part) => part.replace(find, replace as string))
    if (next !== repaired) rules.push(rule)
    repaired = next
  }
  return rules.length > 0 && isJson(repaired) ? { repaired, rules } : undefined
}

const strings = /("(?:[^"\\]|\\.)*")/

function outsideStrings(text: string, change: (part: string) => string): string {
  return text
    .split(strings)
    .map((part, index) => (index % 2 === 0 ? change(part) : part))
    .join('')
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
