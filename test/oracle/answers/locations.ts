import { ascending, by, descending } from '../order'
import type { Row } from '../records'
import type { Star } from '../star'
import { type Play, groupBy, listenersOf, percent, playsOf, sessionsOf } from './plays'

/** Marks of a user agent, the first that is found says what it is. */
type Marks = [name: string, mark: RegExp][]

const browserMarks: Marks = [
  ['Edge', /Edge?\//],
  ['Opera', /OPR\//],
  ['Internet Explorer', /Trident\/|MSIE /],
  ['Firefox', /Firefox\//],
  ['Chrome', /Chrome\//],
  ['Safari', /Safari\//],
]

const platformMarks: Marks = [
  ['Windows', /Windows/],
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['Android', /Android/],
  ['macOS', /Macintosh/],
  ['ChromeOS', /CrOS/],
  ['Linux', /Linux/],
]

function nameBy(marks: Marks): (play: Play) => string {
  return ({ user_agent }) => {
    if (user_agent === null) return 'unknown'
    return marks.find(([, mark]) => mark.test(user_agent))?.[0] ?? 'other'
  }
}

function mostPlays(star: Star, column: string, nameOf: (play: Play) => string): Row[] {
  const all = playsOf(star)
  const most = by<Play[]>(
    descending((plays) => plays.length),
    ascending((plays) => nameOf(plays[0]!)),
  )
  return groupBy(all, nameOf)
    .toSorted(most)
    .map((plays) => ({
      [column]: nameOf(plays[0]!),
      plays: plays.length,
      percent_of_plays: percent(plays.length, all.length),
      listeners: listenersOf(plays),
      sessions: sessionsOf(plays),
    }))
}

export const browsers = (star: Star) => mostPlays(star, 'browser', nameBy(browserMarks))

export const platforms = (star: Star) => mostPlays(star, 'platform', nameBy(platformMarks))

export function playsPerLocation(star: Star): Row[] {
  return mostPlays(star, 'location', ({ location }) => location ?? 'unknown').slice(0, 20)
}
