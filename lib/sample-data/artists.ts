import { inventArtist } from './names'
import { nowhere, places, type Place } from './places'
import { Random } from './random'
import { streams } from './streams'

/** An artist of the song files; a name that is a number is written as one, as a few real ones are. */
export interface Artist extends Place {
  readonly number: number
  readonly name: string | number
}

const NUMBERED = 1000

/** Artist `index`, the same whenever it is asked for. */
export function artist(seed: number, index: number): Artist {
  const random = new Random(seed, streams.artists, index)
  const invented = inventArtist(random)
  const name = index % NUMBERED === 112 ? 2 + random.below(3000) : invented
  const from =
    index % NUMBERED === 27 ? { ...nowhere, location: 2 + random.below(200) } : where(random)
  return { number: index, name, ...from }
}

/** Where somebody is from: 40 % unknown, 15 % by name only, 45 % with coordinates. */
export function where(random: Random): Place {
  const known = random.below(100)
  const place = random.pick(places)
  if (known < 40) return nowhere
  return known < 55 ? { ...nowhere, location: place.location } : place
}
