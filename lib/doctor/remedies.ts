import type { Fault, Remedy } from './fault'
import { fileRemedies, firstWith } from './file-remedies'
import type { Advice } from './finding'
import { keyMeant, keysOf } from './records'
import {
  formatOf,
  replaceColumn,
  shortened,
  spellingAdvice,
  widenColumn,
  writtenValue,
} from './snippets'

/** What to do about a fault: of the remedies that are for it, the first. */
export function remedyFor(fault: Fault): Remedy {
  return remedies.find(({ codes, types, when }) => {
    const isMeant = codes?.includes(fault.code) ?? true
    return isMeant && (types?.includes(fault.type) ?? true) && (when?.(fault) ?? true)
  })!
}

const mostVarchar = 65535
const integers = ['int2', 'int4', 'int8']

/** From what the file itself shows to what the code alone says; the last one is for anything. */
export const remedies: Remedy[] = [
  ...fileRemedies,
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
      explanation: `No VARCHAR takes ${bytes} bytes: let COPY cut the texts with this option in sources/source.ts, or shorten them in the files.`,
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
    needed: (fault) => decimalFor(fault),
    advice: (fault) => ({
      explanation: `Give ${fault.column} more digits in a migration${orCorrect(fault)}.`,
      snippet: retype(fault, decimalFor(fault)),
    }),
    example: { code: 1204, type: 'numeric', length: '5, 2', values: ['123456.78'] },
  },
  {
    name: 'number too large for a REAL',
    codes: [1204],
    types: ['float4'],
    when: ({ values }) => values.every((value) => Number.isFinite(Number(value))),
    needed: () => 'double precision',
    advice: (fault) => ({
      explanation: `Make ${fault.column} a DOUBLE PRECISION in a migration${orCorrect(fault)}.`,
      snippet: retype(fault, 'double precision'),
    }),
    example: { code: 1204, type: 'float4', values: ['1e300'] },
  },
  {
    name: 'date in another format',
    codes: [1205],
    when: ({ first }) => formatOf(first.value) !== undefined,
    advice: ({ first }) => ({
      explanation:
        'Let COPY read the format, of all its dates, with this option in sources/source.ts.',
      snippet: `dateformat '${formatOf(first.value)}'`,
    }),
    example: { code: 1205, type: 'date', first: withValue('31.12.2018') },
  },
  {
    name: 'no date',
    codes: [1205],
    advice: (fault) => correction(fault, 'date'),
    example: { code: 1205, type: 'date', first: withValue('yesterday') },
  },
  {
    name: 'timestamp as a number since 1970',
    codes: [1206],
    when: ({ first }) => /^\d{9,13}$/.test(first.value),
    advice: ({ first }) => ({
      explanation:
        'The values count from 1970: tell COPY, for all its timestamps, with this option in sources/source.ts.',
      snippet: `timeformat '${first.value.length > 11 ? 'epochmillisecs' : 'epochsecs'}'`,
    }),
    example: { code: 1206, type: 'timestamp', first: withValue('1541105830796') },
  },
  {
    name: 'timestamp in another format',
    codes: [1206],
    when: ({ first }) => formatOf(first.value) !== undefined,
    advice: ({ first }) => ({
      explanation:
        'Let COPY read the format, of all its timestamps, with this option in sources/source.ts.',
      snippet: `timeformat '${formatOf(first.value)}'`,
    }),
    example: { code: 1206, type: 'timestamp', first: withValue('2018-11-01T21:01:46Z') },
  },
  {
    name: 'no timestamp',
    codes: [1206],
    advice: (fault) => correction(fault, 'time'),
    example: { code: 1206, type: 'timestamp', first: withValue('yesterday') },
  },
  {
    name: 'fraction in a whole number',
    codes: [1207],
    types: integers,
    when: ({ first }) => /^-?\d+\.\d+/.test(first.value),
    needed: (fault) => fractionFor(fault),
    advice: (fault) => ({
      explanation: `The values have fractions: make ${fault.column} a ${fractionFor(fault).toUpperCase()} in a migration${orCorrect(fault)}.`,
      snippet: retype(fault, fractionFor(fault)),
    }),
    example: { code: 1207, type: 'int8', values: ['12.5'], first: withValue('12.5') },
  },
  {
    name: 'text in a number',
    codes: [1207, 1208, 1209],
    advice: (fault) => correction(fault, 'number'),
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
    needed: (fault) => `varchar(${bytesFor(fault)})`,
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
      explanation: `Save ${first.url} as UTF-8 again; or let COPY put a ? for each wrong byte with this option in sources/source.ts.`,
      snippet: "acceptinvchars as '?'",
    }),
    example: { code: 1220, type: 'varchar' },
  },
  {
    name: 'whole number too large for its column',
    codes: [1222],
    when: (fault) => integerFor(fault) !== undefined,
    needed: (fault) => integerFor(fault)!,
    advice: (fault) => ({
      explanation: `Make ${fault.column} a ${integerFor(fault)!.toUpperCase()} in a migration${orCorrect(fault)}.`,
      snippet: retype(fault, integerFor(fault)!),
    }),
    example: { code: 1222, type: 'int4', values: ['99999999999'] },
  },
  {
    name: 'whole number too large for any column',
    codes: [1222],
    advice: (fault) => correction(fault, 'smaller number'),
    example: { code: 1222, type: 'int8', values: ['9'.repeat(40)] },
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

function otherSpelling({ record, key, column }: Fault): string | undefined {
  const keys = keysOf(record?.value)
  const meant = keyMeant(column, keys) ?? keyMeant(key, keys)
  return meant === key ? undefined : meant
}

function tooLong({ column }: Fault): string {
  return `Lengths are in bytes. Widen ${column} in a migration of its own, and what is filled from it; or let COPY cut the texts, in sources/source.ts: truncatecolumns.`
}

// Some room: the next value may be longer.
function roomFor(fault: Fault): number {
  return Math.min(mostVarchar, 2 ** Math.ceil(Math.log2(bytesFor(fault) * 1.25)))
}

// The rows that are there have to fit as well.
function bytesFor({ bytes, length }: Fault): number {
  return Math.max(bytes, Number(length) || 1)
}

function retype(fault: Fault, type: string): string {
  return replaceColumn(fault.table, columnOf(fault), type)
}

function columnOf({ declared, column }: Fault) {
  return declared ?? { name: column, notnull: false, encoding: '' }
}

/** What else may be done where a column is to take larger values: for the star may have no place for them. */
function orCorrect({ first }: Fault): string {
  return `, and what is filled from it; or correct the line ${first.line} of ${first.url}`
}

/** The smallest type of whole numbers that takes the values; undefined where none does. */
function integerFor({ values }: Fault): string | undefined {
  const numbers = values.map(wholeOf).filter((number) => number !== undefined)
  const types = [
    { name: 'integer', bits: 32 },
    { name: 'bigint', bits: 64 },
  ]
  const type = types.find(({ bits }) => numbers.every((n) => BigInt.asIntN(bits, n) === n))
  if (type) return type.name
  return numbers.every((number) => digitsOf(number) <= mostDigits) ? 'numeric(38, 0)' : undefined
}

/** A DECIMAL that takes the values, and keeps the decimals that the column has. */
function decimalFor({ values, declared, length }: Fault): string {
  const whole = Math.max(0, ...values.map((value) => digitsOf(wholeOf(value) ?? 0n)))
  const scale = Number(/(\d+)\D*$/.exec(declared?.type ?? length)?.[1] ?? 0)
  const decimals = Math.min(Math.max(scale, mostDecimals(values)), mostDigits - 1)
  return whole + decimals > mostDigits ? 'double precision' : `numeric(${mostDigits}, ${decimals})`
}

/** For the fractions: every BIGINT would not stay itself as a DOUBLE PRECISION. */
function fractionFor({ type, values }: Fault): string {
  return type === 'int8' ? `numeric(${mostDigits}, ${mostDecimals(values)})` : 'double precision'
}

const mostDigits = 38

function mostDecimals(values: string[]): number {
  const decimals = values.map((value) => value.split('.')[1]?.length ?? 0)
  return Math.min(Math.max(0, ...decimals), mostDigits - 19)
}

/** The whole part of a number; undefined for what is none. */
function wholeOf(value: string): bigint | undefined {
  const [, digits] = /^([+-]?\d+)(?:\.\d*)?$/.exec(value.trim()) ?? []
  if (digits !== undefined) return BigInt(digits)
  const number = Math.trunc(Number(value))
  return Number.isFinite(number) ? BigInt(number) : undefined
}

function digitsOf(number: bigint): number {
  return number.toString().replace('-', '').length
}

/** What to do about a value that no option and no migration can save. */
function correction(fault: Fault, expected: string): Advice {
  return fault.declared?.notnull
    ? {
        explanation: `Every record needs a ${expected} here. Supply it, or remove the record:`,
        snippet: lineToCorrect(fault, '…'),
      }
    : {
        explanation: `A ${expected} is expected, or null where none is known. Correct the line:`,
        snippet: lineToCorrect(fault, 'null'),
      }
}

/** Where a line of a file is wrong, what stands there and what may stand there instead. */
function lineToCorrect({ first, record, key, column }: Fault, instead: string): string {
  const where = `${first.url}, line ${first.line}`
  if (!column) return `${where}: ${shortened(first.rawLine)}`
  const isThere = keysOf(record?.value).includes(key)
  if (record && !isThere) return `${where}: no "${key}"  →  "${key}": ${instead}`
  const written = isThere
    ? writtenValue(record!.text, key, (record!.value as Record<string, unknown>)[key])
    : JSON.stringify(first.value)
  return `${where}: "${key}": ${shortened(written)}  →  "${key}": ${instead}`
}

function withValue(value: string): Fault['first'] {
  return { ...firstWith(JSON.stringify({ a: value })), value }
}
