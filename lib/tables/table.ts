/** A column: its type as the migration has it, and what its values mean. */
export type Column = [type: string, description: string]

/** What a table is: declared once, and read by whatever documents it, comments on it or shows it. */
export interface Table {
  /** The table's name. */
  name: string
  /** "one row per …" */
  grain: string
  /** The columns, in the order of the table. */
  columns: Record<string, Column>
  /** The columns whose values no two rows share, where that is meant. */
  key?: string[]
  /** What the rows are made from: other tables, or the setting that names a folder of files. */
  from?: string[]
}
