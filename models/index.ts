import { stagingTables } from '../sources/index'
import type { Table } from '../lib/warehouse/tables'
import { artists } from './artists'
import type { Model } from './model'
import { songplays } from './songplays'
import { songs } from './songs'
import { time } from './time'
import { users } from './users'

/** The star, in the order that it is built: a model stands behind those that it reads. */
export const models: Model[] = [users, songs, artists, songplays, time]

/** The tables of staging and star, each behind those that it is made from. */
export const tables: Table[] = [...stagingTables, ...models]
