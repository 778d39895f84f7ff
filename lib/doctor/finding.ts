/** Where a fault shows. */
export interface Example {
  url: string
  /** The last line of the record, from 1 on. */
  line?: number
  value?: string
}

/** What to do about a fault. */
export interface Advice {
  /** In a sentence. */
  says: string
  /** To be pasted: a migration's body, an option of COPY, a JSONPaths file, or the line to change. */
  paste?: string
}

/** One kind of fault: all its cases in one column. */
export interface Finding {
  /** In the server's words, where it said something. */
  what: string
  /** err_code of stl_load_errors. */
  code?: number
  /** How often it was logged. */
  count: number
  column?: string
  /** The column's type with its length. */
  declared?: string
  /** The type that would take the values. */
  needed?: string
  examples: Example[]
  remedy: Advice
}

/** Why a COPY failed, or what it passed over. */
export interface Diagnosis {
  /** The number of the COPY, where its errors were logged. */
  query?: number
  table?: string
  /** When the COPY began, UTC. */
  at?: string
  findings: Finding[]
}

/** A row that COPY could not load, as Redshift logged it. */
export interface LoggedError {
  query: number
  tableId: number
  at: string
  url: string
  line: number
  /** '' where the whole record is wrong. */
  column: string
  type: string
  length: string
  position: number
  code: number
  reason: string
  /** The beginning of the record. Not in sys_load_error_detail. */
  rawLine?: string
  value?: string
}

/** How a column is declared. */
export interface DeclaredColumn {
  name: string
  /** With its length: character varying(1024). */
  type: string
  encoding: string
  notnull: boolean
}
