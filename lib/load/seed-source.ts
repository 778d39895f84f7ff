import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Knex } from 'knex'
import { UsageError } from '../warehouse/errors'
import { noneRejected } from './load'

interface SeedModule {
  seed: (knex: Knex) => Promise<void>
}

interface SeedOptions {
  specific?: string | null
}

/**
 * The seeds of a folder, run in one transaction: Knex runs each by itself, and a load whose second
 * half fails would leave its first half behind.
 */
export class SeedsInOneTransaction implements Knex.SeedSource<string> {
  #last = ''
  #transaction: Knex.Transaction | undefined

  constructor(private readonly folder: string) {}

  /**
   * The files that a run will go through, in their order.
   * @throws UsageError for one of them alone: staged rows of which the star knows nothing break what it is
   */
  async getSeeds({ specific }: SeedOptions): Promise<string[]> {
    const files = (await readdir(this.folder)).filter((name) => name.endsWith('.ts')).sort()
    if (specific) {
      throw new UsageError(
        `--specific=${specific} cannot be run alone: ${files.join(', ')} are one load, in one ` +
          'transaction. Leave --specific out; what is loaded already is not loaded again.',
      )
    }
    this.#last = files.at(-1)!
    return files
  }

  /** The seed of a file, in the transaction that the first one opens and the last one commits. */
  async getSeed(file: string): Promise<SeedModule> {
    const { seed } = (await import(join(this.folder, file))) as SeedModule
    return { seed: (knex) => this.#run(knex, seed, file === this.#last) }
  }

  /** What `knex seed:make` asks for. */
  _getConfigDirectories(): string[] {
    return [this.folder]
  }

  async #run(knex: Knex, seed: SeedModule['seed'], isLast: boolean): Promise<void> {
    const transaction = (this.#transaction ??= await open(knex))
    try {
      await seed(transaction)
      if (isLast) await this.#end((open) => open.commit())
    } catch (error) {
      const { keepingRefused } = await import('./audit-rows.ts')
      const keepRefused = await keepingRefused(transaction, error)
      await this.#end((open) => open.rollback())
      await keepRefused?.(knex)
      const { explainFailure } = await import('../doctor/watch.ts')
      throw await explainFailure(knex, error)
    }
  }

  async #end(how: (open: Knex.Transaction) => Promise<unknown>): Promise<void> {
    const open = this.#transaction
    this.#transaction = undefined
    if (open && !open.isCompleted()) await how(open)
  }
}

// Before anything is copied, whoever runs the seeds: the models must fit their tables.
async function open(knex: Knex): Promise<Knex.Transaction> {
  const { refuseMissingColumns } = await import('./model-faults.ts')
  await refuseMissingColumns(knex)
  const params = { ...knex.userParams, ...noneRejected(), outside: knex }
  return knex.withUserParams(params).transaction()
}

/**
 * The Knex instance that the transaction of a load came from, for work that has to be outside of it:
 * of the same pool, so that Ctrl-C ends that work as well.
 */
export function outsideOf(transaction: Knex): Knex {
  return (transaction.userParams as { outside?: Knex }).outside ?? transaction
}
