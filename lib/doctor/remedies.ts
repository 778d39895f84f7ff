import type { Advice, DeclaredColumn, Fault } from './diagnose'
import { keyMeant, keysOf, mostRecordBytes } from './records'

/** What the manual says of the codes of stl_load_errors ("Load error reference"). */
const documentedCodes: Record<number, string> = {
  1200: 'Unknown parse error.',
  1201: 'A field delimiter was not found in the file.',
  1202: 'The data has more columns than the table.',
  1203: 'The data has fewer columns than the table.',
  1204: 'A value is out of the range of its type.',
  1211: 'A line has no data.',
  1212: 'The file was not found.',
  1214: 'A delimiter was not found.',
  1217: 'The value of an identity column is not valid.',
  1218: "NULL AS '\\0': a field with NUL has more than one byte.",
  1223: 'The type is not valid.',
  8001: 'COPY with MANIFEST takes the full path of one object.',
  9005: 'The end key is not valid.',
}

/** Where a line of a file is wrong, what stands there and what may stand there instead. */
function lineToFix({ first, key, column }: Fault, instead: string): string {
  const where = `${first.url}, line ${first.line}`
  if (!column) return `${where}: ${shortened(first.rawLine)}`
  return `${where}: "${key}": ${JSON.stringify(shortened(first.value))}  →  "${key}": ${instead}`
}

/** What is often wrong with a record that is no JSON. */
interface Slip {
  what: string
  find: RegExp
  replace: string | ((found: string) => string)
}

/** In text outside of strings. */
const slips: Slip[] = [
  { what: 'JSON has no comma before a closing bracket.', find: /,\s*([}\]])/g, replace: '$1' },
  {
    what: 'JSON has no NaN and no Infinity: null is expected.',
    find: /-?\b(NaN|Infinity)\b/g,
    replace: 'null',
  },
  {
    what: 'JSON writes None, True and False as null, true and false.',
    find: /\b(None|True|False)\b/g,
    replace: (word) => (word === 'None' ? 'null' : word.toLowerCase()),
  },
  { what: 'JSON has double quotation marks.', find: /'([^'"]*)'/g, replace: '"$1"' },
  { what: 'JSON has straight quotation marks.', find: /[“”]/g, replace: '"' },
  { what: 'JSON has no comments.', find: /\/\*.*?\*\/|\/\/.*$/gm, replace: '' },
]

const strings = /("(?:[^"\\]|\\.)*")/

/** The record as it was probably meant, where that can be told; else what is expected of it. */
function repairOf(fault: Fault): Advice {
  const text = fault.record?.text ?? fault.first.rawLine
  const where = `${fault.first.url}, line ${fault.first.line}`
  let repaired = text
  const says: string[] = []
  for (const { what, find, replace } of slips) {
    const next = outsideStrings(repaired, (part) => part.replace(find, replace as string))
    if (next !== repaired) says.push(what)
    repaired = next
  }
  if (says.length > 0 && isJson(repaired))
    return { says: `${says.join(' ')} Put into ${where}:`, paste: repaired }
  const at = fault.first.position > 0 ? ` at character ${fault.first.position + 1}` : ''
  return {
    says: `A JSON object in braces is expected, keys and texts in double quotation marks: it is wrong${at}. Correct or remove ${where}:`,
    paste: shortened(fault.first.rawLine),
  }
}

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

function shortened(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}

const MB = 1024 * 1024

/** Remedies that the record itself calls for, whatever the code says. */
const recordRemedies: Remedy[] = [
  {
    name: 'a byte order mark',
    fits: ({ code, head }) => code === 1216 && head.startsWith('efbbbf'),
    advice: ({ first }) => ({
      says: `${first.url} begins with a byte order mark: save it as UTF-8 without one.`,
      paste: String.raw`sed -i '1s/^\xEF\xBB\xBF//' FILE`,
    }),
    example: { code: 1216, head: 'efbbbf7b' },
  },
  {
    name: 'UTF-16',
    fits: ({ code, head }) => code === 1216 && /^(fffe|feff|..00|00(?!00))/.test(head),
    advice: ({ first }) => ({
      says: `${first.url} is UTF-16: save it as UTF-8, or tell COPY with this option.`,
      paste: 'encoding utf16',
    }),
    example: { code: 1216, head: '7b002200' },
  },
  {
    name: 'compressed',
    fits: ({ code, head }) => code === 1216 && head.startsWith('1f8b'),
    advice: ({ first }) => ({
      says: `${first.url} is compressed with GZIP, and COPY was not told: unpack it, or give all files so with this option.`,
      paste: 'gzip',
    }),
    example: { code: 1216, head: '1f8b0800' },
  },
  {
    name: 'larger than COPY takes',
    fits: ({ code, record }) => code === 1216 && (record?.bytes ?? 0) > mostRecordBytes,
    advice: ({ first, record }) => ({
      says: `The record of ${(record!.bytes / MB).toFixed(1)} MB is larger than the 4 MB that COPY takes: split or remove it:`,
      paste: `${first.url}, line ${first.line}`,
    }),
    example: {
      code: 1216,
      record: { value: undefined, text: '{', bytes: 5 * MB, line: 1, isWhole: true },
    },
  },
  {
    name: 'cut off',
    fits: ({ code, record }) => code === 1216 && record?.isWhole === false,
    advice: ({ first }) => ({
      says: `${first.url} ends within a record: it was cut off. Deliver it again; or remove its last record:`,
      paste: `${first.url}, line ${first.line}: ${first.rawLine.slice(0, 200)}`,
    }),
    example: {
      code: 1216,
      record: { value: undefined, text: '{"a"', bytes: 4, line: 1, isWhole: false },
    },
  },
  {
    name: 'a list of records',
    fits: ({ first }) => /^\[\s*(\{|$)/.test(first.rawLine),
    advice: ({ first }) => ({
      says: `COPY takes objects one after the other, and no list of them: remove the brackets and the commas between them.`,
      paste: `jq -c '.[]' FILE   # of ${first.url}`,
    }),
    example: { code: 1216, first: firstWith('[{"a":1},{"a":2}]') },
  },
  {
    name: 'a comma between records',
    fits: ({ code, first }) => code === 1216 && /^[,\]]/.test(first.rawLine.slice(first.position)),
    advice: ({ first }) => ({
      says: 'Between records nothing stands but white space: remove the commas.',
      paste: `jq -c . FILE   # of ${first.url}, line ${first.line}, without the "${first.rawLine[first.position]}"`,
    }),
    example: { code: 1216, first: firstWith(',{"a":1}') },
  },
  {
    name: 'a list that is too short for its path',
    fits: ({ code, reason }) => code === 1216 && reason.startsWith('Invalid JSONPath format'),
    advice: ({ first, json, key }) => ({
      says: `The record has no such element or member. Correct the path of "${key}" in ${json}, or the record:`,
      paste: `${first.url}, line ${first.line}: ${first.rawLine.slice(0, 200)}`,
    }),
    example: {
      code: 1216,
      reason: 'Invalid JSONPath format: Not an array or index out of range.',
      column: 'song',
    },
  },
  {
    name: 'a key in another spelling',
    fits: (fault) => fault.code === 1213 && otherSpelling(fault) !== undefined,
    advice: (fault) => spellingAdvice(fault.key, otherSpelling(fault)!, fault.json),
    example: {
      code: 1213,
      column: 'song_id',
      key: 'song_id',
      record: { value: { Song_ID: 'S' }, text: '{}', bytes: 2, line: 1, isWhole: true },
    },
  },
]

function firstWith(rawLine: string): Fault['first'] {
  return { url: 's3://bucket/file.json', line: 1, position: 0, rawLine, value: '' }
}

function otherSpelling({ record, key, column }: Fault): string | undefined {
  const keys = keysOf(record?.value)
  const meant = keyMeant(column, keys) ?? keyMeant(key, keys)
  return meant === key ? undefined : meant
}

/** What to do where the files spell a key otherwise than COPY was told. */
export function spellingAdvice(
  key: string,
  found: string,
  json: string,
): { says: string; paste: string } {
  const says = `The files have the key "${found}", and COPY looks for "${key}", minding case.`
  if (json.startsWith('s3://'))
    return { says: `${says} In ${json}, replace $['${key}'] by:`, paste: `"$['${found}']"` }
  if (found.toLowerCase() === key)
    return { says: `${says} Let COPY ignore case:`, paste: "format json 'auto ignorecase'" }
  return {
    says: `${says} Name the key in a JSONPaths file, whose paths stand in the order of the columns:`,
    paste: `"$['${found}']"`,
  }
}

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
function replaceType(
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

/** What to do about the errors of one code, where they are of one kind. */
interface Remedy {
  name: string
  fits: (fault: Fault) => boolean
  /** The type that would take the values. */
  needed?: (fault: Fault) => string
  advice: (fault: Fault) => Advice
  /** A fault that it is for; the tests loop over them. */
  example: Partial<Fault>
}

const mostVarchar = 65535
const widerInteger: Record<string, string> = { int2: 'integer', int4: 'bigint' }

// Some room: the next value may be longer.
function roomFor({ bytes }: Fault): number {
  return Math.min(mostVarchar, 2 ** Math.ceil(Math.log2(Math.max(bytes, 1) * 1.25)))
}

const columnOf = ({ declared, column }: Fault) => declared ?? { name: column, notnull: false }

/** Of several that fit, the first holds. */
export const remedies: Remedy[] = [
  ...recordRemedies,
  {
    name: 'text longer than any VARCHAR',
    fits: ({ code, type, bytes }) =>
      code === 1204 && ['varchar', 'char'].includes(type) && bytes > mostVarchar,
    advice: ({ bytes }) => ({
      says: `No VARCHAR takes ${bytes} bytes: let COPY cut the texts with this option, or shorten them in the files.`,
      paste: 'truncatecolumns',
    }),
    example: { code: 1204, type: 'varchar', length: '65535', bytes: 70000 },
  },
  {
    name: 'text longer than its column',
    fits: ({ code, type }) => code === 1204 && ['varchar', 'char'].includes(type),
    needed: ({ bytes }) => `varchar(${bytes})`,
    advice: (fault) => ({
      says: `Lengths are in bytes. Widen ${fault.column} in a migration of its own; or let COPY cut the texts: truncatecolumns.`,
      paste:
        fault.type === 'char'
          ? replaceType(fault.table, columnOf(fault), `varchar(${roomFor(fault)})`)
          : widen(fault.table, fault.declared ?? fault.column, roomFor(fault)),
    }),
    example: { code: 1204, type: 'varchar', length: '16', bytes: 30, column: 'level' },
  },
  {
    name: 'number with more digits than its DECIMAL',
    fits: ({ code, type }) => code === 1204 && type === 'numeric',
    needed: ({ values }) => `numeric(38, ${mostDecimals(values)})`,
    advice: (fault) => ({
      says: `Give ${fault.column} more digits in a migration.`,
      paste: replaceType(
        fault.table,
        columnOf(fault),
        `numeric(38, ${mostDecimals(fault.values)})`,
      ),
    }),
    example: { code: 1204, type: 'numeric', length: '5, 2', values: ['123456.78'] },
  },
  {
    name: 'number too large for a REAL',
    fits: ({ code, type }) => code === 1204 && type === 'float4',
    needed: () => 'double precision',
    advice: (fault) => ({
      says: `Make ${fault.column} a DOUBLE PRECISION in a migration.`,
      paste: replaceType(fault.table, columnOf(fault), 'double precision'),
    }),
    example: { code: 1204, type: 'float4', values: ['1e300'] },
  },
  {
    name: 'date in another format',
    fits: ({ code }) => code === 1205,
    advice: () => ({
      says: "Let COPY recognise the format, or name it: dateformat 'MM/DD/YYYY'.",
      paste: "dateformat 'auto'",
    }),
    example: { code: 1205, type: 'date', values: ['31.12.2018'] },
  },
  {
    name: 'timestamp as a number since 1970',
    fits: ({ code, values }) => code === 1206 && values.some((value) => /^\d{9,13}$/.test(value)),
    advice: ({ values }) => ({
      says: 'The values count from 1970: tell COPY, for all its timestamps.',
      paste: `timeformat '${values.some((value) => value.length > 11) ? 'epochmillisecs' : 'epochsecs'}'`,
    }),
    example: { code: 1206, type: 'timestamp', values: ['1541105830796'] },
  },
  {
    name: 'timestamp in another format',
    fits: ({ code }) => code === 1206,
    advice: () => ({
      says: "Let COPY recognise the format, or name it: timeformat 'DD.MM.YYYY HH24:MI:SS'.",
      paste: "timeformat 'auto'",
    }),
    example: { code: 1206, type: 'timestamp', values: ['yesterday'] },
  },
  {
    name: 'fraction in a whole number',
    fits: ({ code, type, values }) =>
      code === 1207 && type.startsWith('int') && values.some((value) => /^-?\d+\.\d+/.test(value)),
    needed: () => 'double precision',
    advice: (fault) => ({
      says: `The values have fractions: make ${fault.column} a DOUBLE PRECISION in a migration.`,
      paste: replaceType(fault.table, columnOf(fault), 'double precision'),
    }),
    example: { code: 1207, type: 'int8', values: ['12.5'] },
  },
  {
    name: 'text in a number',
    fits: ({ code }) => [1207, 1208, 1209].includes(code),
    advice: (fault) => ({
      says: 'A number is expected, or null where none is known. Correct the line:',
      paste: lineToFix(fault, 'null'),
    }),
    example: { code: 1207, type: 'int4', values: ['many'] },
  },
  {
    name: 'no boolean',
    fits: ({ code }) => code === 1210,
    advice: (fault) => ({
      says: 'COPY takes true, false, t, f, yes, no, y, n, 1, 0 and null. Correct the line:',
      paste: lineToFix(fault, 'true'),
    }),
    example: { code: 1210, type: 'bool', values: ['maybe'] },
  },
  {
    name: 'no value for a NOT NULL column',
    fits: ({ code }) => code === 1213,
    advice: (fault) => ({
      says: `Every record needs a value for "${fault.key}". Supply it, or take the record out:`,
      paste: lineToFix(fault, '…'),
    }),
    example: { code: 1213, type: 'int8', key: 'ts' },
  },
  {
    name: 'characters of more than a byte in a CHAR',
    fits: ({ code, type }) => [1215, 1220].includes(code) && type === 'char',
    needed: ({ bytes }) => `varchar(${bytes})`,
    advice: (fault) => ({
      says: `CHAR holds single bytes only: make ${fault.column} a VARCHAR in a migration.`,
      paste: replaceType(fault.table, columnOf(fault), `varchar(${roomFor(fault)})`),
    }),
    example: { code: 1220, type: 'char', length: '8', bytes: 6 },
  },
  {
    name: 'bytes that are no UTF-8',
    fits: ({ code }) => [1219, 1220, 1221].includes(code),
    advice: (fault) => ({
      says: `Save ${fault.first.url} as UTF-8 anew; or let COPY put a ? for each wrong byte with this option.`,
      paste: "acceptinvchars as '?'",
    }),
    example: { code: 1220, type: 'varchar' },
  },
  {
    name: 'whole number too large for its column',
    fits: ({ code, type }) => code === 1222 && type in widerInteger,
    needed: ({ type }) => widerInteger[type]!,
    advice: (fault) => ({
      says: `Make ${fault.column} a larger type in a migration, or correct the line ${fault.first.line} of ${fault.first.url}.`,
      paste: replaceType(fault.table, columnOf(fault), widerInteger[fault.type]!),
    }),
    example: { code: 1222, type: 'int4', values: ['99999999999'] },
  },
  {
    name: 'whole number too large for any integer',
    fits: ({ code }) => code === 1222,
    needed: () => 'numeric(38, 0)',
    advice: (fault) => ({
      says: `Make ${fault.column} a NUMERIC in a migration, or correct the line ${fault.first.line} of ${fault.first.url}.`,
      paste: replaceType(fault.table, columnOf(fault), 'numeric(38, 0)'),
    }),
    example: { code: 1222, type: 'int8', values: ['99999999999999999999'] },
  },
  {
    name: 'a record that is no JSON',
    fits: ({ code }) => code === 1216 || code === 1224,
    advice: (fault) => repairOf(fault),
    example: { code: 1216, reason: 'Invalid value.' },
  },
  {
    name: 'anything else',
    fits: () => true,
    advice: (fault) => ({
      says: `${documentedCodes[fault.code] ?? 'Redshift says no more of it.'} Correct the line:`,
      paste: lineToFix(fault, '…'),
    }),
    example: { code: 1200, reason: 'Unknown parse error' },
  },
]

/** What to do about a fault. */
export function remedyFor(fault: Fault): Remedy {
  return remedies.find(({ fits }) => fits(fault))!
}

function mostDecimals(values: string[]): number {
  return Math.max(0, ...values.map((value) => value.split('.')[1]?.length ?? 0))
}
