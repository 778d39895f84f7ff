import type { Translation } from './rewrite'
import { quoteLiteral } from './tokens'

/** The statement that calls a function of the catalog: a list is passed as TEXT[], and an object as JSON. */
export function catalogCall(name: string, ...args: unknown[]): string {
  return `select redshift_catalog.${name}(${args.map(literal).join(', ')})`
}

function literal(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return `array[${value.map(literal).join(', ')}]::text[]`
  if (typeof value === 'string') return quoteLiteral(value)
  return quoteLiteral(JSON.stringify(value))
}

/** What the client sees as one statement, and the engine as those before it: calls of the catalog's functions, or none. */
export function done(tag: string, ...before: string[]): Partial<Translation> {
  return { before, main: 'do $redshift$begin end$redshift$', tag }
}
