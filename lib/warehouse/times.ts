/**
 * SQL that writes a timestamp as the text that names a load: with six decimals, always. The server's own text
 * drops zeros at the end, and then two texts of one time differ.
 */
export function exactTime(column: string): string {
  return `to_char(${column}, 'YYYY-MM-DD HH24:MI:SS.US')`
}

/** A time as the ledger prints it, UTC, to the second. */
export function timeToSecond(time: Date): string {
  return time.toISOString().slice(0, 19).replace('T', ' ')
}

/**
 * What `exactTime` writes of the time that somebody typed, as a pattern for LIKE: a time with decimals as a
 * whole, any other as the beginning of one. Nothing is like what is no time.
 */
export function typedTime(typed: string): string {
  const text = typed
    .trim()
    .replace('T', ' ')
    .replace(/ ?(Z|UTC)$/i, '')
  if (!/^\d[\d :.-]*$/.test(text)) return ''
  const [, whole, decimals] = /^(.*\.)(\d{1,6})$/.exec(text) ?? []
  return whole === undefined ? `${text}%` : whole + decimals!.padEnd(6, '0')
}
