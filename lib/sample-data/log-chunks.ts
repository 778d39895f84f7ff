import type { Activity } from './activity'
import { dateOf, DAY } from './clock'
import { logLine } from './log-line'
import type { Tracks } from './tracks'

/** A piece of one day's file, to be appended to it. */
export interface LogChunk {
  readonly day: number
  readonly startsFile: boolean
  text: string
  events: number
  plays: number
}

const CHUNK = 1024 * 1024

/** Where the events of a day lie: `log_data/2018/11/2018-11-01-events.json`. */
export function logPath(day: number): string {
  const date = dateOf(day)
  return `log_data/${date.slice(0, 4)}/${date.slice(5, 7)}/${date}-events.json`
}

/** The events as text, in pieces small enough to hold; no file ends in a newline. */
export function* logChunks(events: Iterable<Activity>, tracks: Tracks): Generator<LogChunk> {
  let chunk: LogChunk | undefined
  for (const event of events) {
    const day = Math.floor(event.step.second / DAY)
    if (chunk && (chunk.day !== day || chunk.text.length >= CHUNK)) yield chunk
    if (chunk?.day !== day || chunk.text.length >= CHUNK) {
      chunk = { day, startsFile: chunk?.day !== day, text: '', events: 0, plays: 0 }
    }
    chunk.text += (chunk.startsFile && chunk.events === 0 ? '' : '\n') + logLine(event, tracks)
    chunk.events++
    if (event.step.track !== null) chunk.plays++
  }
  if (chunk) yield chunk
}
