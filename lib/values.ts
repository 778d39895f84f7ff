import { types } from 'pg'

/** The type numbers of PostgreSQL and Redshift whose values pg would change in passing. */
const oids = { int8: 20, numeric: 1700, date: 1082, timestamp: 1114, timestamptz: 1184 }

const parsers = new Map<number, (text: string) => unknown>([
  [oids.int8, exactNumber],
  [oids.numeric, exactNumber],
  // As the server writes them: a Date has no timezone-less timestamps.
  [oids.date, String],
  [oids.timestamp, String],
  [oids.timestamptz, String],
])

const parserOfPg = types.getTypeParser as (
  oid: number,
  format: 'text',
) => (value: string) => unknown

/** How values of results become JavaScript's: exact, or left as the server wrote them. */
export const typeParsers = {
  getTypeParser(oid: number, format: string): (value: string) => unknown {
    return (format !== 'binary' && parsers.get(oid)) || parserOfPg(oid, format as 'text')
  },
}

/** The number that `text` says, where JavaScript has it to the last digit; else the text. */
function exactNumber(text: string): number | string {
  const number = Number(text)
  if (Number.isInteger(number)) return Number.isSafeInteger(number) ? number : text
  return number.toString() === text.replace(/(\.\d*?)0+$/, '$1') ? number : text
}
