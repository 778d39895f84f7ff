import { tables } from '../../models/index'
import { nearest } from '../warehouse/select'

/** The tables of staging and star. */
export const knownTables = tables.map(({ name }) => name)

/**
 * What to do where a statement names a table that is not there; undefined where that cannot be told.
 * @param said relation "songplay" does not exist
 */
export function remedyOfMissing(said: string): string | undefined {
  const name = /"(?:\w+\.)?(\w+)"/.exec(said)?.[1] ?? ''
  if (knownTables.includes(name)) return 'The tables are made by `sparkify run`.'
  const near = nearest(name, [...knownTables, 'loads', 'load_files'])
  return near && `Did you mean "${near}"?`
}
