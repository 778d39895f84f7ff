/** From the lowest value or zero to the highest. */
export function rangeOf(points: { value: number }[]): { low: number; span: number } {
  const values = points.map(({ value }) => value)
  const low = Math.min(0, ...values)
  return { low, span: Math.max(0, ...values) - low || 1 }
}

/** A share as a style has it. */
export function short(share: number): string {
  return String(Math.round(share * 1000) / 1000)
}
