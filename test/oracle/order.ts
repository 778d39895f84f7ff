import type { Value } from './records'

/** Which of two comes first: negative for the left one. */
export type Order<T> = (left: T, right: T) => number

/** Numbers by value, texts by their bytes in UTF-8, NULL behind everything. */
export function compareValues(left: Value, right: Value): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null)
  if (typeof left === 'number' && typeof right === 'number') return left - right
  return Buffer.compare(Buffer.from(String(left)), Buffer.from(String(right)))
}

/** From the least to the greatest. */
export function ascending<T>(valueOf: (row: T) => Value): Order<T> {
  return (left, right) => compareValues(valueOf(left), valueOf(right))
}

/** From the greatest to the least. */
export function descending<T>(valueOf: (row: T) => number): Order<T> {
  return (left, right) => valueOf(right) - valueOf(left)
}

/** By the first order; where that sees no difference, by the next. */
export function by<T>(...orders: Order<T>[]): Order<T> {
  return (left, right) => {
    for (const order of orders) {
      const result = order(left, right)
      if (result !== 0) return result
    }
    return 0
  }
}

/** The row that comes first of those of each key. */
export function firstOfEach<T>(
  rows: T[],
  keyOf: (row: T) => string | number,
  order: Order<T>,
): T[] {
  const first = new Map<string | number, T>()
  for (const row of rows) {
    const best = first.get(keyOf(row))
    if (best === undefined || order(row, best) < 0) first.set(keyOf(row), row)
  }
  return [...first.values()]
}
