import type { Answer, AnswerColumn } from './answer'
import { canonical } from './canonical'
import type { Table } from './csv'
import type { Difference, Values } from './difference'
import { KeyedRows } from './keyed-rows'

type Differences = Generator<Difference, void, undefined>

/**
 * Where an answer differs from what is expected, row by row of its key: other columns alone, where these
 * differ; else repeated keys, missing and surplus rows, changed values, and the order of the rows.
 */
export function* compare(key: string[], expected: Table, found: Answer): Differences {
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
