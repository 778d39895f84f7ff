import type { DeclaredColumn, LoggedError } from './error-log'
import { type Advice, excerpt } from './finding'
import { type FileRecord, keyMeant, keysOf, mostRecordBytes } from './records'
import { repairJson, replaceColumn, spellingAdvice, widenColumn } from './snippets'

/** The errors of one column and code, and what is known of them: what a remedy is chosen by. */
export interface Fault {
  table: string
  code: number
  reason: string
  /** '' where the whole record is wrong. */
  column: string
  /** As the log has it: int4, varchar. */
  type: string
  length: string
  declared?: DeclaredColumn
  /** The values that were refused, as far as they are known. */
  values: string[]
  /** Of the longest value. */
  bytes: number
  /** The first of the errors. */
  first: Pick<LoggedError, 'url' | 'line' | 'position'> & { rawLine: string; value: string }
  /** The record that the first error is of, where it could be read. */
  record?: FileRecord
  /** The first four bytes of the file, in hex; '' where it could not be read. */
  head: string
  /** The JSON key that the column is filled from. */
  key: string
  /** What COPY is told of the JSON: 'auto', or a JSONPaths file's URL. */
  json: string
}

/** What to do about faults of one kind. */
interface Remedy {
  name: string
  /** The codes of stl_load_errors that it is for; any where there are none. */
  codes?: number[]
  /** The types of columns that it is for, likewise. */
  types?: string[]
  /** What must hold as well. */
  when?: (fault: Fault) => boolean
  /** The type that would take the values. */
  needed?: (fault: Fault) => string
  advice: (fault: Fault) => Advice
  /** A fault that it is for; the tests loop over them. */
  example: Partial<Fault>
}

/** What to do about a fault: of the remedies that are for it, the first. */
export function remedyFor(fault: Fault): Remedy {
  return remedies.find(({ codes, types, when }) => {
    const isMeant = codes?.includes(fault.code) ?? true
    return isMeant && (types?.includes(fault.type) ?? true) && (when?.(fault) ?? true)
  })!
}

const MB = 1024 * 1024
const mostVarchar = 65535
const integers = ['int2', 'int4', 'int8']
const widerInteger: Record<string, string> = { int2: 'integer', int4: 'bigint' }

/** From what the file itself shows to what the code alone says; the last one is for anything. */
export const remedies: Remedy[] = [
  {
    name: 'a byte order mark',
    codes: [1216],
    when: ({ head }) => head.startsWith('efbbbf'),
    advice: ({ first }) => ({
      explanation: `${first.url} begins with a byte order mark: save it as UTF-8 without one.`,
      snippet: String.raw`sed -i '1s/^\xEF\xBB\xBF//' FILE`,
    }),
    example: { code: 1216, head: 'efbbbf7b' },
  },
  {
    name: 'UTF-16',
    codes: [1216],
    when: ({ head }) => /^(fffe|feff|..00|00(?!00))/.test(head),
    advice: ({ first }) => ({
      explanation: `${first.url} is UTF-16: save it as UTF-8, or tell COPY with this option.`,
      snippet: 'encoding utf16',
    }),
    example: { code: 1216, head: '7b002200' },
  },
  {
    name: 'compressed',
    codes: [1216],
    when: ({ head }) => head.startsWith('1f8b'),
    advice: ({ first }) => ({
      explanation: `${first.url} is compressed with GZIP, and COPY was not told: decompress it, or compress all files and use this option.`,
      snippet: 'gzip',
    }),
    example: { code: 1216, head: '1f8b0800' },
  },
  {
    name: 'larger than COPY takes',
    codes: [1216],
    when: ({ record }) => (record?.bytes ?? 0) > mostRecordBytes,
    advice: ({ first, record }) => ({
      explanation: `The record of ${(record!.bytes / MB).toFixed(1)} MB is larger than the 4 MB that COPY takes: split or remove it:`,
      snippet: `${first.url}, line ${first.line}`,
    }),
    example: {
      code: 1216,
      record: { value: undefined, text: '{', bytes: 5 * MB, line: 1, isWhole: true },
    },
  },
  {
    name: 'cut off',
    codes: [1216],
    when: ({ record }) => record?.isWhole === false,
    advice: ({ first }) => ({
      explanation: `${first.url} ends within a record: it was cut off. Deliver it again; or remove its last record:`,
      snippet: `${first.url}, line ${first.line}: ${excerpt(first.rawLine)}`,
    }),
    example: {
      code: 1216,
      record: { value: undefined, text: '{"a"', bytes: 4, line: 1, isWhole: false },
    },
  },
  {
    name: 'a list of records',
    when: ({ first }) => /^\[\s*(\{|$)/.test(first.rawLine),
    advice: ({ first }) => ({
      explanation:
        'COPY takes objects one after the other, not a list of them: remove the brackets and the commas between them.',
      snippet: `jq -c '.[]' FILE   # of ${first.url}`,
    }),
    example: { code: 1216, first: firstWith('[{"a":1},{"a":2}]') },
  },
  {
    name: 'a comma between records',
    codes: [1216],
    when: ({ first }) => /^[,\]]/.test(first.rawLine.slice(first.position)),
    advice: ({ first }) => ({
      explanation: 'Only white space may stand between records: remove the commas.',
      snippet: `jq -c . FILE   # of ${first.url}, line ${first.line}, without the "${first.rawLine[first.position]}"`,
    }),
    example: { code: 1216, first: firstWith(',{"a":1}') },
  },
  {
    name: 'a list that is too short for its path',
    codes: [1216],
    when: ({ reason }) => reason.startsWith('Invalid JSONPath format'),
    advice: ({ first, json, key }) => ({
      explanation: `The record has no such element or member. Correct the path of "${key}" in ${json}, or the record:`,
      snippet: `${first.url}, line ${first.line}: ${excerpt(first.rawLine)}`,
    }),
    example: {
      code: 1216,
      reason: 'Invalid JSONPath format: Not an array or index out of range.',
      column: 'song',
    },
  },
  {
    name: 'a key in another spelling',
    codes: [1213],
    when: (fault) => otherSpelling(fault) !== undefined,
    advice: (fault) => spellingAdvice(fault.key, otherSpelling(fault)!, fault.json),
    example: {
      code: 1213,
      column: 'song_id',
      key: 'song_id',
      record: { value: { Song_ID: 'S' }, text: '{}', bytes: 2, line: 1, isWhole: true },
    },
  },
  {
    name: 'text longer than any VARCHAR',
    codes: [1204],
    types: ['varchar', 'char'],
    when: ({ bytes }) => bytes > mostVarchar,
    advice: ({ bytes }) => ({
      explanation: `No VARCHAR takes ${bytes} bytes: let COPY cut the texts with this option, or shorten them in the files.`,
      snippet: 'truncatecolumns',
    }),
    example: { code: 1204, type: 'varchar', length: '65535', bytes: 70000 },
  },
  {
    name: 'text longer than its CHAR',
    codes: [1204],
    types: ['char'],
    needed: ({ bytes }) => `varchar(${bytes})`,
    advice: (fault) => ({
      explanation: tooLong(fault),
      snippet: retype(fault, `varchar(${roomFor(fault)})`),
    }),
    example: { code: 1204, type: 'char', length: '16', bytes: 30, column: 'level' },
  },
  {
    name: 'text longer than its VARCHAR',
    codes: [1204],
    types: ['varchar'],
    needed: ({ bytes }) => `varchar(${bytes})`,
    advice: (fault) => ({
      explanation: tooLong(fault),
      snippet: widenColumn(fault.table, columnOf(fault), roomFor(fault)),
    }),
    example: { code: 1204, type: 'varchar', length: '16', bytes: 30, column: 'level' },
  },
  {
    name: 'number with more digits than its DECIMAL',
    codes: [1204],
    types: ['numeric'],
    needed: ({ values }) => `numeric(38, ${mostDecimals(values)})`,
    advice: (fault) => ({
      explanation: `Give ${fault.column} more digits in a migration.`,
      snippet: retype(fault, `numeric(38, ${mostDecimals(fault.values)})`),
    }),
    example: { code: 1204, type: 'numeric', length: '5, 2', values: ['123456.78'] },
  },
  {
    name: 'number too large for a REAL',
    codes: [1204],
    types: ['float4'],
    needed: () => 'double precision',
    advice: (fault) => ({
      explanation: `Make ${fault.column} a DOUBLE PRECISION in a migration.`,
      snippet: retype(fault, 'double precision'),
    }),
    example: { code: 1204, type: 'float4', values: ['1e300'] },
  },
  {
    name: 'date in another format',
    codes: [1205],
    advice: () => ({
      explanation: "Let COPY recognise the format, or name it: dateformat 'MM/DD/YYYY'.",
      snippet: "dateformat 'auto'",
    }),
    example: { code: 1205, type: 'date', values: ['31.12.2018'] },
  },
  {
    name: 'timestamp as a number since 1970',
    codes: [1206],
    when: ({ values }) => values.some((value) => /^\d{9,13}$/.test(value)),
    advice: ({ values }) => ({
      explanation: 'The values count from 1970: tell COPY, for all its timestamps.',
      snippet: `timeformat '${values.some((value) => value.length > 11) ? 'epochmillisecs' : 'epochsecs'}'`,
    }),
    example: { code: 1206, type: 'timestamp', values: ['1541105830796'] },
  },
  {
    name: 'timestamp in another format',
    codes: [1206],
    advice: () => ({
      explanation: "Let COPY recognise the format, or name it: timeformat 'DD.MM.YYYY HH24:MI:SS'.",
      snippet: "timeformat 'auto'",
    }),
    example: { code: 1206, type: 'timestamp', values: ['yesterday'] },
  },
  {
    name: 'fraction in a whole number',
    codes: [1207],
    types: integers,
    when: ({ values }) => values.some((value) => /^-?\d+\.\d+/.test(value)),
    needed: () => 'double precision',
    advice: (fault) => ({
      explanation: `The values have fractions: make ${fault.column} a DOUBLE PRECISION in a migration.`,
      snippet: retype(fault, 'double precision'),
    }),
    example: { code: 1207, type: 'int8', values: ['12.5'] },
  },
  {
    name: 'text in a number',
    codes: [1207, 1208, 1209],
    advice: (fault) =>
      fault.declared?.notnull
        ? {
            explanation: 'Every record needs a number here. Supply it, or remove the record:',
            snippet: lineToCorrect(fault, '…'),
          }
        : {
            explanation: 'A number is expected, or null where none is known. Correct the line:',
            snippet: lineToCorrect(fault, 'null'),
          },
    example: { code: 1207, type: 'int4', values: ['many'] },
  },
  {
    name: 'no boolean',
    codes: [1210],
    advice: (fault) => ({
      explanation: 'COPY takes true, false, t, f, yes, no, y, n, 1, 0 and null. Correct the line:',
      snippet: lineToCorrect(fault, 'true'),
    }),
    example: { code: 1210, type: 'bool', values: ['maybe'] },
  },
  {
    name: 'no value for a NOT NULL column',
    codes: [1213],
    advice: (fault) => ({
      explanation: `Every record needs a value for "${fault.key}". Supply it, or remove the record:`,
      snippet: lineToCorrect(fault, '…'),
    }),
    example: { code: 1213, type: 'int8', key: 'ts' },
  },
  {
    name: 'characters of more than a byte in a CHAR',
    codes: [1215, 1220],
    types: ['char'],
    needed: ({ bytes }) => `varchar(${bytes})`,
    advice: (fault) => ({
      explanation: `CHAR holds single bytes only: make ${fault.column} a VARCHAR in a migration.`,
      snippet: retype(fault, `varchar(${roomFor(fault)})`),
    }),
    example: { code: 1220, type: 'char', length: '8', bytes: 6 },
  },
  {
    name: 'bytes that are no UTF-8',
    codes: [1219, 1220, 1221],
    advice: ({ first }) => ({
      explanation: `Save ${first.url} as UTF-8 again; or let COPY put a ? for each wrong byte with this option.`,
      snippet: "acceptinvchars as '?'",
    }),
    example: { code: 1220, type: 'varchar' },
  },
  {
    name: 'whole number too large for its column',
    codes: [1222],
    types: Object.keys(widerInteger),
    needed: ({ type }) => widerInteger[type]!,
    advice: (fault) => ({
      explanation: `Make ${fault.column} a larger type in a migration, or correct the line ${fault.first.line} of ${fault.first.url}.`,
      snippet: retype(fault, widerInteger[fault.type]!),
    }),
    example: { code: 1222, type: 'int4', values: ['99999999999'] },
  },
  {
    name: 'whole number too large for any integer',
    codes: [1222],
    needed: () => 'numeric(38, 0)',
    advice: (fault) => ({
      explanation: `Make ${fault.column} a NUMERIC in a migration, or correct the line ${fault.first.line} of ${fault.first.url}.`,
      snippet: retype(fault, 'numeric(38, 0)'),
    }),
    example: { code: 1222, type: 'int8', values: ['99999999999999999999'] },
  },
  {
    name: 'a record with a common mistake',
    codes: [1216, 1224],
    when: (fault) => repairOf(fault) !== undefined,
    advice: (fault) => {
      const { repaired, rules } = repairOf(fault)!
      return {
        explanation: `${rules.join(' ')} Put into ${fault.first.url}, line ${fault.first.line}:`,
        snippet: repaired,
      }
    },
    example: { code: 1216, reason: 'Invalid value.', first: firstWith("{'title': None}") },
  },
  {
    name: 'a record that is no JSON',
    codes: [1216, 1224],
    advice: ({ first: { url, line, position, rawLine } }) => ({
      explanation: `A JSON object in braces is expected, keys and texts in double quotation marks: it is wrong${position > 0 ? ` at character ${position + 1}` : ''}. Correct or remove ${url}, line ${line}:`,
      snippet: shortened(rawLine),
    }),
    example: { code: 1216, reason: 'Invalid value.' },
  },
  {
    name: 'anything else',
    advice: (fault) => ({
      explanation: `${documentedCodes[fault.code] ?? 'Redshift gives no further reason.'} Correct the line:`,
      snippet: lineToCorrect(fault, '…'),
    }),
    example: { code: 1200, reason: 'Unknown parse error' },
  },
]

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

function firstWith(rawLine: string): Fault['first'] {
  return { url: 's3://bucket/file.json', line: 1, position: 0, rawLine, value: '' }
}

function otherSpelling({ record, key, column }: Fault): string | undefined {
  const keys = keysOf(record?.value)
  const meant = keyMeant(column, keys) ?? keyMeant(key, keys)
  return meant === key ? undefined : meant
}

function repairOf({ record, first }: Fault) {
  return repairJson(record?.text ?? first.rawLine)
}

function tooLong({ column }: Fault): string {
  return `Lengths are in bytes. Widen ${column} in a migration of its own; or let COPY cut the texts: truncatecolumns.`
}

// Some room: the next value may be longer.
function roomFor({ bytes }: Fault): number {
  return Math.min(mostVarchar, 2 ** Math.ceil(Math.log2(Math.max(bytes, 1) * 1.25)))
}

function retype(fault: Fault, type: string): string {
  return replaceColumn(fault.table, columnOf(fault), type)
}

function columnOf({ declared, column }: Fault) {
  return declared ?? { name: column, notnull: false, encoding: '' }
}

function mostDecimals(values: string[]): number {
  return Math.max(0, ...values.map((value) => value.split('.')[1]?.length ?? 0))
}

/** Where a line of a file is wrong, what stands there and what may stand there instead. */
function lineToCorrect({ first, record, key, column }: Fault, instead: string): string {
  const where = `${first.url}, line ${first.line}`
  if (!column) return `${where}: ${shortened(first.rawLine)}`
  const written = keysOf(record?.value).includes(key)
    ? shortened(JSON.stringify((record!.value as Record<string, unknown>)[key]))
    : JSON.stringify(shortened(first.value))
  return `${where}: "${key}": ${written}  →  "${key}": ${instead}`
}

function shortened(text: string): string {
  return excerpt(text) === text ? text : `${excerpt(text)}…`
}
