import { artists } from './artists'
import type { Model } from './model'
import { songplays } from './songplays'
import { songs } from './songs'
import { time } from './time'
import { users } from './users'

/** The star, in the order that it is built: a model stands behind those that it reads. */
export const models: Model[] = [users, songs, artists, songplays, time]

/** The named models with all that depend on them, in the order of building; all for no name. */
export function withDependents(names: string[]): Model[] {
  const wanted = new Set(names.length > 0 ? names : models.map(({ name }) => name))
  for (const { name, from } of models) {
    if (from.some((table) => wanted.has(table))) wanted.add(name)
  }
  return models.filter(({ name }) => wanted.has(name))
}
