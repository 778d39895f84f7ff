import type { Knex } from 'knex'
import { retrying } from '../warehouse/steps'

/** How a load treats its files: the options of `run`; none of them with `knex seed:run`. */
export interface LoadOptions {
  /** Loads files again that changed since they were loaded, in place of their former rows. */
  reload: boolean
  /** So many bad rows a COPY skips; one more fails it. */
  maxErrors: number
  /** Skips the files that do not load, and notes them as quarantined. */
  quarantine: boolean
  /** Puts many small files together into few large ones before they are copied. */
  compact: boolean
  /** Compares each table of the star with its rebuild before the load is published. */
  fullAudit: boolean
  /** Keeps the rows for which audits do not hold in audit_rows, also those of a load that is refused. */
  store: boolean
}

/**
 * Loads what is new: runs the seeds, in one transaction, and again where another transaction or the
 * network was in the way.
 * @throws UsageError for a model whose table lacks a column
 */
export async function load(knex: Knex, options: Partial<LoadOptions> = {}): Promise<void> {
  const loading = knex.withUserParams({ ...knex.userParams, load: options })
  await retrying(() => loading.seed.run())
}

const none: LoadOptions = {
  reload: false,
  maxErrors: 0,
  quarantine: false,
  compact: false,
  fullAudit: false,
  store: false,
}

/** The options of the load that `knex` runs. */
export function loadOptionsOf(knex: Knex): LoadOptions {
  return { ...none, ...(knex.userParams as { load?: Partial<LoadOptions> }).load }
}

/** What the user params of a load's transaction begin with. */
export const noneRejected = () => ({ rejected: { rows: 0 } })

/** The bad rows that the COPYs of a load have skipped so far, to be counted up. */
export function rejectedBy(transaction: Knex): { rows: number } {
  const { rejected } = transaction.userParams as Partial<ReturnType<typeof noneRejected>>
  return rejected ?? noneRejected().rejected
}

/** The clause of a COPY that is to skip so many bad rows: it fails when it reaches MAXERROR. */
export function toleranceOf(maxErrors: number): string[] {
  return maxErrors > 0 ? [`maxerror ${maxErrors + 1}`] : []
}
