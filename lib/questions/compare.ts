import type { Answer, AnswerColumn } from './answer'
import type { CsvTable } from './csv'

/** Where an answer is not as expected. */
export type Difference =
  | { kind: 'columns'; expected: string[]; found: string[] }
  | { kind: 'repeated key'; in: 'the answer' | 'the expected file'; key: Values }
  | { kind: 'missing row'; expected: Values }
  | { kind: 'surplus row'; found: Values }
  | { kind: 'changed value'; key: Values; column: string; expected: unknown; found: unknown }
  | { kind: 'order'; place: number; expected: Values; found: Values }

/** The key of a row, by its columns, and values as they are in the file or in the answer. */
export type Values = Record<string, unknown>

type Differences = Generator<Difference, void, undefined>

/**
 * Where an answer differs from what is expected, row by row of its key: other columns alone, where these
 * differ; else repeated keys, missing and surplus rows, changed values, and the order of the rows.
 */
export function* compare(key: string[], expected: CsvTable, found: Answer): Differences {
  const names = found.columns.map(({ name }) => name)
  if (expected.columns.join('\n') !== names.join('\n')) {
    return yield { kind: 'columns', expected: expected.columns, found: names }
  }
  const wanted = new KeyedRows(key, found.columns, expected.rows)
  const given = new KeyedRows(key, found.columns, found.rows)
  for (const row of wanted.repeated) {
    yield { kind: 'repeated key', in: 'the expected file', key: wanted.keyOf(row) }
  }
  for (const row of given.repeated) {
    yield { kind: 'repeated key', in: 'the answer', key: given.keyOf(row) }
  }
  for (const [id, row] of wanted.byKey) {
    const other = given.byKey.get(id)
    if (!other) yield { kind: 'missing row', expected: wanted.valuesOf(row) }
    else yield* changes(found.columns, given.keyOf(other), row, other)
  }
  for (const [id, row] of given.byKey) {
    if (!wanted.byKey.has(id)) yield { kind: 'surplus row', found: given.valuesOf(row) }
  }
  yield* reordered(wanted, given)
}

function* changes(
  columns: AnswerColumn[],
  key: Values,
  expected: unknown[],
  found: unknown[],
): Differences {
  for (const [i, { name: column, type }] of columns.entries()) {
    if (canonical(type, expected[i]) === canonical(type, found[i])) continue
    yield { kind: 'changed value', key, column, expected: expected[i], found: found[i] }
  }
}

/** The first place where the rows that both have stand in another order. */
function* reordered(wanted: KeyedRows, given: KeyedRows): Differences {
  const found = [...given.byKey].filter(([id]) => wanted.byKey.has(id))
  let place = 0
  for (const [id, row] of wanted.byKey) {
    if (!given.byKey.has(id)) continue
    const [other, otherRow] = found[place++]!
    if (id === other) continue
    const [expected, instead] = [wanted.keyOf(row), given.keyOf(otherRow)]
    return yield { kind: 'order', place, expected, found: instead }
  }
}

/** Rows by their key; of several with one key the first. */
class KeyedRows {
  readonly byKey = new Map<string, unknown[]>()
  readonly repeated: unknown[][] = []

  constructor(
    private readonly key: string[],
    private readonly columns: AnswerColumn[],
    rows: unknown[][],
  ) {
    for (const row of rows) {
      const id = this.#idOf(row)
      if (this.byKey.has(id)) this.repeated.push(row)
      else this.byKey.set(id, row)
    }
  }

  keyOf(row: unknown[]): Values {
    const values = this.valuesOf(row)
    return Object.fromEntries(this.key.map((name) => [name, values[name]]))
  }

  valuesOf(row: unknown[]): Values {
    return Object.fromEntries(this.columns.map(({ name }, i) => [name, row[i]] as const))
  }

  #idOf(row: unknown[]): string {
    const parts = this.columns.map(({ type }, i) => canonical(type, row[i]))
    return JSON.stringify(parts.filter((_, i) => this.key.includes(this.columns[i]!.name)))
  }
}

/** A value as text by which it is equal to others of its type: 3 and 3.0, midnight and the day. */
export function canonical(type: AnswerColumn['type'], value: unknown): string | null {
  if (value === null || value === undefined) return null
  return forms[type](typeof value === 'string' ? value : JSON.stringify(value))
}

const forms: Record<AnswerColumn['type'], (text: string) => string> = {
  text: (text) => text,
  boolean: (text) =>
    /^(t|true)$/i.test(text) ? 'true' : /^(f|false)$/i.test(text) ? 'false' : text,
  number: canonicalNumber,
  time: (text) =>
    text
      .replace(/^(\d{4,}-\d\d-\d\d)T/, '$1 ')
      .replace(/(\.\d*?)0+$/, '$1')
      .replace(/\.$/, '')
      .replace(/ 00:00(:00)?$/, ''),
}

// As text, because a bigint has more digits than a JavaScript number.
function canonicalNumber(text: string): string {
  const [, sign, whole, fraction = ''] = /^([+-]?)0*(\d*)(?:\.(\d*?)0*)?$/.exec(text) ?? []
  if (whole === undefined || !/\d/.test(text)) return numberOf(text)
  const digits = `${whole || '0'}${fraction && `.${fraction}`}`
  return sign === '-' && digits !== '0' ? `-${digits}` : digits
}

// 1e-7, and what is no number at all.
function numberOf(text: string): string {
  const number = Number(text)
  return text.trim() === '' || Number.isNaN(number) ? text : String(number)
}
