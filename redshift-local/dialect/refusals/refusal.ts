import { lastName, type Node, type ParsedStatement, type Visit } from '../parse'
import type { Token } from '../tokens'

/**
 * One thing that Redshift refuses, or that the local one cannot carry out faithfully. To add one is to add an
 * entry; a test runs every example. `Found` is what the entry is told of the place.
 */
export interface Refusal<Found extends unknown[]> {
  /** The section of docs/redshift-facts.md that it rests on, or a page of AWS's or an issue. */
  fact: string
  example: string
  sqlstate: string
  message: string | ((...found: Found) => string)
  /** What the example is answered, where `message` depends on the statement. */
  answer?: string
  detail?: (...found: Found) => string
  hint?: string
  /** In which cases; absent, always. */
  when?: (...found: Found) => boolean
}

/** Found by the words that a statement begins with; NAME stands for any name. */
export interface StatementRefusal extends Refusal<[ParsedStatement]> {
  starts: string[]
}

/** Found at a word of a statement, or at a string by its prefix: `e'`. */
export interface WordRefusal extends Refusal<[tokens: Token[], i: number]> {
  word: string
}

/** Found at a node of PostgreSQL's syntax tree. */
export interface NodeRefusal extends Refusal<[visit: Visit, tree: Node[]]> {
  node: string
}

export const notCarriedOut = (what: string) => `${what} is not carried out by the local Redshift.`

export const notOnTables =
  'Specified types or functions (one per INFO message) not supported on Amazon Redshift tables.'

/** Grounds that many entries rest on. */
export const carriedOutByRedshift = 'C: supported by Redshift, and not carried out here'
export const inNoGrammar = 'C: not in any documented grammar'
export const documentedUnsupported = 'C: documented unsupported features'

export const functionOf = (node: Node) => lastName(node['funcname'] as Node[])
export const typeOf = (node: Node) => lastName(node['names'] as Node[])
