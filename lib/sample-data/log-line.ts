import type { Activity } from './activity'
import { timestamp } from './clock'
import { nobody } from './listeners'
import { silence, type Tracks } from './tracks'

/** The fields of an event in the order of the logs, which is the order of the JSONPaths too. */
export const eventFields = [
  'artist',
  'auth',
  'firstName',
  'gender',
  'itemInSession',
  'lastName',
  'length',
  'level',
  'location',
  'method',
  'page',
  'registration',
  'sessionId',
  'song',
  'status',
  'ts',
  'userAgent',
  'userId',
] as const

/** The JSONPaths file that COPY reads the logs with. */
export const jsonPathsFile = [
  '{',
  '    "jsonpaths": [',
  eventFields.map((field) => `        "$['${field}']"`).join(',\n'),
  '    ]',
  '}',
].join('\n')

/** One event as a line of the logs, without the line's end. */
export function logLine(event: Activity, tracks: Tracks): string {
  const { step, sessionId, itemInSession } = event
  const { visit, track } = step
  const who = visit.loggedIn ? event.identity : nobody
  const what = track === null ? silence : tracks.track(track)
  return (
    `{"artist":${what.artist},"auth":"Logged ${visit.loggedIn ? 'In' : 'Out'}"` +
    `,"firstName":${who.firstName},"gender":${who.gender},"itemInSession":${itemInSession}` +
    `,"lastName":${who.lastName},"length":${what.length},"level":"${step.level}"` +
    `,"location":${who.location},"method":"${visit.method}","page":"${visit.page}"` +
    `,"registration":${who.registration},"sessionId":${sessionId}` +
    `,"song":${what.title},"status":${visit.status},"ts":${timestamp(step.second)}` +
    `,"userAgent":${who.userAgent},"userId":${who.userId}}`
  )
}
