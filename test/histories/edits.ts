import { models } from '../../models/index'
import { type Declaration, model, type Model } from '../../models/model'
import { startTime } from '../../models/songplays'
import type { EventRecord, Loaded, SongRecord } from '../oracle/records'
import { type Star, starOf } from '../oracle/star'
import { timeOf } from '../oracle/time'

/** What may be edited in the models, one or several at a time. */
export const edits = ['loud users', 'first artists', 'first songs', 'late plays'] as const

export type Edit = (typeof edits)[number]

const hour = 3_600_000
const former = [...models]

type Sql = (sql: string) => string
type Edited = Partial<Record<string, { rows?: Sql; affectedKeys?: Sql }>>

const loud: Sql = (sql) =>
  swap(sql, 'select user_id, first_name', 'select user_id, upper(first_name)')
const firstLoad: Sql = (sql) => swap(sql, 'loaded_at desc', 'loaded_at')
const late: Sql = (sql) => swap(sql, startTime, `${startTime} + interval '1 hour'`)

// No query of time changes: it is built again because it reads songplays.
const inModels: Record<Edit, Edited> = {
  'loud users': { users: { rows: loud } },
  'first artists': { artists: { rows: firstLoad } },
  'first songs': { songs: { rows: firstLoad }, songplays: { rows: firstLoad } },
  'late plays': { songplays: { rows: late, affectedKeys: late } },
}

/** The models with these edits, and no other. */
export function modelsWith(made: readonly Edit[]): Model[] {
  return former.map((each) => {
    const found = made.flatMap((edit) => inModels[edit][each.name] ?? [])
    return found.length > 0 ? model(found.reduce<Declaration>(withEdit, each)) : each
  })
}

/** Edits the models that loads and undos build. */
export function editModels(made: readonly Edit[]): void {
  models.splice(0, models.length, ...modelsWith(made))
}

function withEdit(each: Declaration, { rows, affectedKeys }: { rows?: Sql; affectedKeys?: Sql }) {
  return {
    ...each,
    ...(rows && { rows: (scope) => rows(each.rows(scope)) }),
    ...(affectedKeys && { affectedKeys: through(each.affectedKeys, affectedKeys) }),
  } satisfies Declaration
}

function through(former: Declaration['affectedKeys'], edit: Sql): Declaration['affectedKeys'] {
  const edited = Object.entries(former).map(([table, keys]) => [
    table,
    (loadPredicate: string) => edit(keys(loadPredicate)),
  ])
  return Object.fromEntries(edited) as Declaration['affectedKeys']
}

function swap(sql: string, text: string, other: string): string {
  if (!sql.includes(text)) throw new Error(`there is no ${text} to edit in ${sql}`)
  return sql.replace(text, other)
}

/** The star that the oracle gives with these edits. */
export function starWith(
  made: readonly Edit[],
  events: EventRecord[],
  songs: Loaded<SongRecord>[],
): Star {
  const byLatest = starOf(events, songs)
  const byFirst = starOf(
    events,
    songs.map((record) => ({ ...record, load: -record.load })),
  )
  const { artists } = made.includes('first artists') ? byFirst : byLatest
  const chosen = made.includes('first songs') ? byFirst : byLatest
  const star = { ...chosen, artists }
  if (made.includes('loud users')) {
    star.users = star.users.map(({ first_name, ...user }) => ({
      ...user,
      first_name: typeof first_name === 'string' ? first_name.toUpperCase() : first_name!,
    }))
  }
  if (made.includes('late plays')) {
    star.songplays = star.songplays.map((play) => ({
      ...play,
      start_time: hourLater(play.start_time as string),
    }))
    star.time = timeOf(star.songplays.map(({ start_time }) => start_time as string))
  }
  return star
}

function hourLater(time: string): string {
  const moment = Date.parse(`${time.replace(' ', 'T')}Z`) + hour
  return new Date(moment).toISOString().replace('T', ' ').replace('Z', '')
}
