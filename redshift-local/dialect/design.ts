import { quoteLiteral } from './cursor'

/** What Redshift knows of a table beyond what the engine knows; the catalog records it. */
export interface Design {
  /** Absent: where CREATE TABLE puts a table. `pg_temp`: a temporary one. */
  schema?: string
  table: string
  ifNotExists?: boolean
  /** Made from a query: the engine chose the types. */
  fromQuery?: boolean
  like?: { schema?: string; name: string }
  diststyle?: 'auto' | 'even' | 'key' | 'all'
  /** A column, or its position in a CREATE TABLE AS. */
  distkey?: string
  sortstyle?: 'auto' | 'none' | 'compound' | 'interleaved'
  sortkey?: string[]
  backup?: boolean
  encodeAuto?: boolean
  columns?: { name: string; encode?: string; identity?: [number, number] }[]
  constraints?: DeclaredConstraint[]
}

/** A key that is declared and not enforced (facts B). */
export interface DeclaredConstraint {
  name?: string
  kind: 'p' | 'u' | 'f'
  columns: string[]
  references?: { schema?: string; name: string; columns?: string[] }
}

/** The statement that calls a function of the catalog with one JSON argument. */
export function call(name: string, argument: object): string {
  return `select redshift_catalog.${name}(${quoteLiteral(JSON.stringify(argument))}::jsonb)`
}
