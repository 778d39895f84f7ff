import { documentedCodes } from './documented-codes'
import type { Fault } from './fault'
import type { Advice } from './finding'
import { lineToFix, repairOf } from './fix'
import { recordRemedies } from './record-remedies'
import { replaceType, widen } from './migrations'

/** What to do about the errors of one code, where they are of one kind. */
export interface Remedy {
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
