import type { Knex } from 'knex'
import { asPrefix } from '../settings'
import { stagingEvents, stagingSongs } from '../tables/staging'
import type { Table } from '../tables/table'
import { settingsOf } from '../warehouse'

/** A staging table and the files that fill it. */
export interface Source {
  table: string
  /** The columns in the order that the JSONPaths file has them, where there is one. */
  columns: string[]
  /** The s3:// prefix of the files. */
  from: string
  /** What COPY is told of their JSON: a JSONPaths file's URL, or 'auto'. */
  json: string
}

export function eventSource(knex: Knex): Source {
  const { LOG_DATA, LOG_JSONPATH } = settingsOf(knex)
  const from = asPrefix(LOG_DATA)
  return { ...targetOf(stagingEvents), from, json: LOG_JSONPATH }
}

export function songSource(knex: Knex): Source {
  const from = asPrefix(settingsOf(knex).SONG_DATA)
  return { ...targetOf(stagingSongs), from, json: 'auto' }
}

/** All sources, in the order that they are staged. */
export const sources = (knex: Knex): Source[] => [eventSource(knex), songSource(knex)]

// COPY leaves loaded_at to its default.
function targetOf({ name, columns }: Table): Pick<Source, 'table' | 'columns'> {
  return { table: name, columns: Object.keys(columns).filter((column) => column !== 'loaded_at') }
}
