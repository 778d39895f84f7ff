import type { Dialogue } from './dialogue'

/** So many rows at once are worth a look at what the engine knows of their table. */
const manyRows = 10_000

/**
 * Keeps zone maps and statistics of a table up, as Redshift does by itself, behind a statement that may have
 * written many rows.
 * @param table quoted for the engine
 */
export async function afterBulkWrite(
  table: string,
  rows: number,
  { quiet }: Dialogue,
): Promise<void> {
  if (rows < manyRows) return
  const name = `'${table.replaceAll("'", "''")}'::regclass`
  await quiet(`select redshift_catalog.after_bulk_write(${name}, ${rows})`)
}

/** The rows that a CommandComplete message tells of. */
export function rowsIn(complete: Buffer): number {
  return Number(/ (\d+)\0$/.exec(complete.toString('latin1'))?.[1] ?? 0)
}
