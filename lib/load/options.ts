import type { Knex } from 'knex'

/** How a load goes about its files: the options of `run`; none of them with `knex seed:run`. */
export interface LoadOptions {
  /** Loads files that changed since they were loaded anew, in place of their former rows. */
  reload: boolean
  /** Bad rows that a COPY passes over. */
  maxErrors: number
  /** Leaves out the files that do not load, and notes them as quarantined. */
  quarantine: boolean
  /** Puts many small files together into few large ones before they are copied. */
  compact: boolean
}

const none: LoadOptions = { reload: false, maxErrors: 0, quarantine: false, compact: false }

/** The options of the load that `knex` runs. */
export function loadOptionsOf(knex: Knex): LoadOptions {
  return { ...none, ...(knex.userParams as { load?: Partial<LoadOptions> }).load }
}
