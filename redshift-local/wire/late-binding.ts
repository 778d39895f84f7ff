import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Whether a warehouse may have views that are bound late: known by a file in its folder, to all servers of it, which
 * is there before the first such view and stays. Without it no statement has to ask the engine for them.
 */
export class LateBinding {
  readonly #mark: string
  #isUsed = false

  constructor(folder: string) {
    this.#mark = join(folder, 'late-binding')
  }

  get isUsed(): boolean {
    return (this.#isUsed ||= existsSync(this.#mark))
  }

  use(): void {
    if (!this.isUsed) writeFileSync(this.#mark, '', { mode: 0o600 })
  }
}
