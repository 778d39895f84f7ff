import type { Row } from '../oracle/records'
import type { Star } from '../oracle/star'

/** The rows that only one of two stars has, a line each. */
export function differences(found: Star, expected: Star): string[] {
  return (Object.keys(expected) as (keyof Star)[]).flatMap((table) => [
    ...without(found[table], expected[table]).map((row) => `${table} has      ${row}`),
    ...without(expected[table], found[table]).map((row) => `${table} has not  ${row}`),
  ])
}

/** As multisets: a row that is there twice is one too many. */
function without(rows: Row[], others: Row[]): string[] {
  const left = others.map(textOf)
  return rows.map(textOf).filter((text) => {
    const index = left.indexOf(text)
    if (index >= 0) left.splice(index, 1)
    return index < 0
  })
}

function textOf(row: Row): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))),
  )
}
