/** What one statement is answered, by Redshift and so by the local one. */
export interface Case {
  /** One statement; of several in one message the answer to the last counts. */
  sql: string
  /** Statements before it, in the same transaction. */
  given?: string[]
  /** The values as the text protocol gives them, in the order of the rows. */
  rows?: (string | null)[][]
  columns?: string[]
  /** The columns' types: `int4`, `numeric(18,2)`, `varchar(10)`. */
  types?: string[]
  /** Of CommandComplete: `INSERT 0 1`. */
  tag?: string
  /** The messages of notices, those of the statements in `given` aside. */
  notices?: string[]
  /** Without a message where its words are not known. */
  error?: { sqlstate: string; message?: string }
  /** Outside a transaction block: for what is refused in one, or ends it. It must bear to stay done. */
  alone?: true
  /** A cluster answers otherwise, as `fact` says. */
  localOnly?: true
  /** The section of docs/redshift-facts.md that it rests on, or a page of AWS's or an issue. */
  fact: string
}

/** The cases of one subject: the default export of each file in `cases/`. */
export interface Family {
  /** Statements that make what the cases share, run once, in a schema of the family's own. */
  given: string[]
  /** Each is rolled back, so their order does not matter. */
  cases: Case[]
}
