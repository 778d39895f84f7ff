import type { AnswerColumn } from './answer'
import { canonical } from './canonical'
import type { Values } from './difference'

/** Rows by their key; of several with one key the first. */
export class KeyedRows {
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
