import type { Edits } from './edits'
import type { Token } from './tokens'

/** A word at its place in a statement, and the edits that spell it. */
export interface Place {
  tokens: Token[]
  i: number
  edits: Edits
  /** Where the statement ends in its text. */
  end: number
}

/** How a word of Redshift's is written for PostgreSQL. The test compares each example with the engine's SQL. */
export interface SpellingRule {
  words: string[]
  fact: string
  example: string
  expected: string
  spell: (place: Place) => void
}
