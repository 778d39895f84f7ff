/** The key of a row, by its columns, and values as they are in the file or in the answer. */
export type Values = Record<string, unknown>

/** Where an answer is not as expected. */
export type Difference =
  | { kind: 'columns'; expected: string[]; found: string[] }
  | { kind: 'repeated key'; in: 'the answer' | 'the expected file'; key: Values }
  | { kind: 'missing row'; expected: Values }
  | { kind: 'surplus row'; found: Values }
  | { kind: 'changed value'; key: Values; column: string; expected: unknown; found: unknown }
  | { kind: 'order'; place: number; expected: Values; found: Values }
