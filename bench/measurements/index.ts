import type { Measurement } from '../measurement'
import { copyEvents } from './copy'
import { fullRun } from './full-run'
import { nothingNew } from './nothing-new'
import { oneMoreDay } from './one-more-day'
import { questions } from './questions'
import { roundTrips } from './round-trips'
import { rowsOut } from './rows-out'
import { songFiles, songObjects } from './song-files'

/** What is measured, in this order. */
export const measurements: Measurement[] = [
  copyEvents('events'),
  songFiles,
  songObjects,
  fullRun('events'),
  nothingNew,
  oneMoreDay('events'),
  rowsOut,
  questions,
  roundTrips,
  copyEvents('small'),
  copyEvents('large'),
  fullRun('small'),
  fullRun('large'),
  oneMoreDay('large'),
]
