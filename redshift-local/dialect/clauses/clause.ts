import type { Edits } from '../edits'
import type { ResultColumn } from '../parse'
import type { Part } from '../nesting'
import type { Token } from '../tokens'
import { type Block, textOfPart } from './block'

/** A word of a clause that PostgreSQL's grammar has not, where it stands. */
export class Place {
  constructor(
    readonly text: string,
    readonly tokens: Token[],
    readonly i: number,
    readonly block: Block,
    readonly edits: Edits,
    private readonly ask: (query: string) => ResultColumn[],
  ) {}

  /** The columns of a query in Redshift's SQL, which stands where this block does. */
  columnsOf(query: string): ResultColumn[] {
    return this.ask(query)
  }

  textOf(part: Part | undefined): string {
    return part ? textOfPart(this.text, this.tokens, part) : ''
  }

  clause(word: string): string {
    return this.textOf(this.block.clauses.get(word))
  }

  replace({ start, end }: Part, text: string): void {
    this.edits.replace({ start: this.tokens[start]!.start, end: this.tokens[end - 1]!.end }, text)
  }
}

/** A clause of Redshift's, and how a query says the same without it. The test runs each example. */
export interface ClauseRule {
  word: string
  fact: string
  example: string
  expected: unknown[]
  /** Whether the words around it can be the clause's, before more is looked at. */
  isAt?: (tokens: Token[], i: number) => boolean
  /** Whether the word is the clause's at this place of a block. */
  when: (tokens: Token[], i: number, block: Block) => boolean
  /** Writes the query anew, without the word. */
  carryOut: (place: Place) => void
}
