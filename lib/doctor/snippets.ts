import type { DeclaredColumn } from './error-log'
import { type Advice, excerpt } from './finding'

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
    return {
      explanation: `${problem} Write "${key}" in the files; or, where all of them have it so, replace $['${key}'] in ${json} by:`,
      snippet: path,
    }
  if (found.toLowerCase() === key)
    return {
      explanation: `${problem} Let COPY ignore case, in sources/source.ts:`,
      snippet: "format json 'auto ignorecase'",
    }
  return {
    explanation: `${problem} Write "${key}" in the files; or, where all of them have it so, name it in a JSONPaths file, with its paths in the order of the columns:`,
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

/** The beginning of a text, with a mark where something is left out. */
export function shortened(text: string): string {
  return excerpt(text) === text ? text : `${excerpt(text)}…`
}

/** The value of a key as a record has it written: 1.0, not 1. */
export function writtenValue(record: string, key: string, value: unknown): string {
  const read = JSON.stringify(value)
  const scalar = /\s*:\s*("(?:[^"\\]|\\.)*"|[^\s,{}[\]]+)/y
  const name = JSON.stringify(key)
  for (let at = record.indexOf(name); at !== -1; at = record.indexOf(name, at + 1)) {
    scalar.lastIndex = at + name.length
    const [, written] = scalar.exec(record) ?? []
    if (written && isJson(written) && JSON.stringify(JSON.parse(written)) === read) return written
  }
  return read
}

/**
 * What DATEFORMAT or TIMEFORMAT has to be for a date or time that is not in the standard format;
 * undefined where COPY takes it with none.
 */
export function formatOf(value: string): string | undefined {
  const text = value.trim()
  const [, first, mark, second, year, time] = yearLast.exec(text) ?? []
  if (first !== undefined && (mark === '.' || Number(first) > 12)) {
    if (!isDay(year, second, first)) return undefined
    const clock = time && time[0] + (time.split(':').length > 2 ? 'HH24:MI:SS' : 'HH24:MI')
    return `DD${mark}MM${mark}YYYY${clock ?? ''}`
  }
  if (named.test(text)) return 'auto'
  const [, y, , m, d] = yearFirst.exec(text) ?? []
  return isDay(year ?? y, first ?? m, second ?? d) ? 'auto' : undefined
}

function isDay(year: unknown, month: unknown, day: unknown): boolean {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day)
}

const clock = String.raw`[ T](?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?`

const yearLast = new RegExp(String.raw`^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(${clock})?$`)

const zoned = String.raw`(?:${clock}(?: ?(?:am|pm))?(?: ?(?:z|utc|gmt|[+-]\d{2}(?::?\d{2})?))?)?$`
const monthName = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*'

// Of what 'auto' recognises, what is common: the year first, ISO 8601, month before day, and names of months.
const yearFirst = new RegExp(String.raw`^(\d{4})([-/]?)(\d\d?)\2(\d\d?)${zoned}`, 'i')
const named = new RegExp(
  String.raw`^(?:${monthName}[- ]\d{1,2}(?:-|,? )|\d{1,2}[- ]${monthName}[- ])\d{4}${zoned}`,
  'i',
)
