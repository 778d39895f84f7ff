/** One thing that the local Redshift does in another way than a cluster, and says so. */
interface KnownDifference {
  /** What differs, as a sentence. */
  here: string
  /** What the documentation says, or why it is left so. */
  why: string
}

/** All that is known to differ, for docs/redshift-sql.md. */
export const knownDifferences: KnownDifference[] = [
  { here: 'Trailing blanks count when VARCHARs are compared.', why: 'Redshift ignores them.' },
  {
    here: 'A cast to VARCHAR(n) or CHAR(n) cuts after n characters.',
    why: 'Redshift counts bytes.',
  },
  {
    here: 'DECIMAL division keeps more digits where the type of an operand is not known: of a parameter, of `1e2`, of functions that are not in dialect/operand-types.ts.',
    why: 'The scale follows from the types (r_numeric_computations201), of which the engine tells those of columns only.',
  },
  {
    here: 'Sums and products of DECIMALs do not overflow at 38 digits.',
    why: 'The engine has no such limit; a division and a cast have it.',
  },
  { here: 'A DECIMAL beside a text is compared as a text.', why: 'The engine has no rule for it.' },
  {
    here: 'In CREATE TABLE AS, a text expression becomes VARCHAR(65535), and an identity column a plain one.',
    why: 'The engine does not tell the length of an expression.',
  },
  { here: 'IDENTITY leaves no gaps.', why: 'On a cluster each slice counts for itself.' },
  {
    here: 'A sub-query within a select list cannot refer to the aliases of that list.',
    why: 'Aliases are put in their place in their own list only.',
  },
  {
    here: 'GETDATE() is cut to seconds, and the weeks of DATEDIFF begin on Monday.',
    why: 'Our reading of the documentation.',
  },
  {
    here: 'LISTAGG(DISTINCT …) can be ordered by its own value only.',
    why: 'A limit of the engine.',
  },
  {
    here: 'A correlation by a column that is written without its table is not seen, and not refused.',
    why: 'Which patterns a cluster rejects is told from names, not from a plan (dialect/refusals/correlated.ts).',
  },
  {
    here: 'What runs on the leader node alone is told from what a statement reads; constants in PARTITION BY and ORDER BY of a window are seen where they are literals.',
    why: 'There is no plan of a cluster to tell it from.',
  },
  { here: 'EXPLAIN shows the plan of PostgreSQL.', why: 'There are no slices to plan for.' },
  {
    here: 'Names are cut after 63 bytes.',
    why: 'r_names: 127 bytes; the engine is built with the shorter limit.',
  },
  {
    here: 'Quotas of schemas are read, and limit nothing.',
    why: 'There is no storage to share out.',
  },
  {
    here: 'Where the documentation gives no text for an error, the text is ours.',
    why: 'SQLSTATEs follow PostgreSQL.',
  },
]
