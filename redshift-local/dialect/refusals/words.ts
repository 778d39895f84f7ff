import { isWord } from '../tokens'
import { carriedOutByRedshift, inNoGrammar, notCarriedOut, type WordRefusal } from './refusal'

export const wordRefusals: WordRefusal[] = [
  {
    word: 'pivot',
    fact: carriedOutByRedshift,
    example: 'select * from t pivot (count(a) for b in (1, 2))',
    sqlstate: '0A000',
    message: notCarriedOut('PIVOT'),
    when: (tokens, i) => isWord(tokens[i + 1], '('),
  },
  {
    word: 'unpivot',
    fact: carriedOutByRedshift,
    example: 'select * from t unpivot include nulls (x for y in (a, b))',
    sqlstate: '0A000',
    message: notCarriedOut('UNPIVOT'),
    // Of a table's columns; of the attributes of a SUPER value, where a table would be.
    when: (tokens, i) =>
      ['(', 'include', 'exclude'].some((word) => isWord(tokens[i + 1], word)) ||
      ['from', ',', 'join'].some((word) => isWord(tokens[i - 1], word)),
  },
  {
    word: 'array',
    fact: `${carriedOutByRedshift}; docs r_array`,
    example: 'select array(1, 2)',
    sqlstate: '0A000',
    message: notCarriedOut('ARRAY(…), a SUPER value,'),
    when: (tokens, i) =>
      isWord(tokens[i + 1], '(') &&
      !['select', 'with', '('].some((word) => isWord(tokens[i + 2], word)),
  },
  {
    word: 'collate',
    fact: `${carriedOutByRedshift}; docs r_COLLATE`,
    example: "select collate(b, 'case_insensitive') from t",
    sqlstate: '0A000',
    message: notCarriedOut('COLLATE(…)'),
    when: (tokens, i) => isWord(tokens[i + 1], '('),
  },
  {
    word: 'at',
    fact: `${carriedOutByRedshift}; docs query-super: unnesting`,
    example: 'select x, i from t, t.b as x at i',
    sqlstate: '0A000',
    message: notCarriedOut('AT for the places in a SUPER array'),
    when: (tokens, i) =>
      isWord(tokens[i - 2], 'as') &&
      tokens[i + 1]?.kind === 'word' &&
      !isWord(tokens[i + 1], 'time'),
  },
  {
    word: 'fetch',
    fact: inNoGrammar,
    example: 'select a from t order by a fetch first 1 row only',
    sqlstate: '42601',
    message: 'syntax error at or near "fetch"',
    hint: 'Write LIMIT n.',
    when: (tokens, i) => i > 0 && ['first', 'next'].some((word) => isWord(tokens[i + 1], word)),
  },
  {
    word: 'offset',
    fact: 'docs r_ORDER_BY_clause: OFFSET start',
    example: 'select a from t order by a offset 1 rows',
    sqlstate: '42601',
    message: 'syntax error at or near "rows"',
    when: (tokens, i) => ['row', 'rows'].some((word) => isWord(tokens[i + 2], word)),
  },
  {
    // It came with a PostgreSQL later than 8.0.
    word: "e'",
    fact: 'npgsql/npgsql#515, real text',
    example: "select e'a'",
    sqlstate: '42704',
    message: 'type "e" does not exist',
    // psql and pgjdbc write it in their questions to the catalog (on Redshift: StarRocks/starrocks#36828).
    when: (tokens) => !tokens.some((token) => isWord(token, 'pg_catalog')),
  },
  ...["b'", "x'"].map((word) => ({
    word,
    fact: 'C, Data types: BIT/VARBIT',
    example: `select ${word}1'`,
    sqlstate: '0A000',
    message: 'Type "bit" is not supported.',
  })),
]
