import { inventArtist, inventTitle } from './names'
import { Random, streams } from './random'
import { cities, type City, nowhere } from './vocabulary'

/** What a song is called and whose it is. */
interface Credit {
  readonly title: string
  readonly artist: Artist
}

/** One song record; the duration is in hundred-thousandths of a second. */
export interface Song extends Credit {
  readonly trackId: string
  readonly songId: string
  readonly artistId: string
  readonly duration: number
  readonly year: number
}

const TWIN_EVERY = 997
const FIRST_TWIN = 96

/** The song files' content as a function of the index: nothing is held, however many songs there are. */
export class Songs {
  private readonly artists: number

  constructor(
    private readonly seed: number,
    readonly count: number,
  ) {
    this.artists = Math.ceil((count * 64) / 100)
  }

  song(index: number): Song {
    const credit = this.credit(index)
    return {
      ...credit,
      trackId: trackId(this.seed, index, this.count),
      songId: songId(this.seed, index),
      artistId: artistId(this.seed, credit.artist.number),
      duration: duration(this.seed, index),
      year: year(new Random(this.seed, streams.years, index)),
    }
  }

  credit(index: number): Credit {
    const original = this.original(index)
    const random = new Random(this.seed, streams.songs, original)
    return { title: inventTitle(random), artist: this.artistOf(original, random) }
  }

  /** A twin has the title and the artist of the song before it, and has its own duration. */
  private original(index: number): number {
    return index % TWIN_EVERY === FIRST_TWIN ? index - 1 : index
  }

  /** The first songs have an artist each, the others share those: a few under another name or place. */
  private artistOf(index: number, random: Random): Artist {
    if (index < this.artists) return artist(this.seed, index)
    const shared = artist(this.seed, random.skewed(this.artists))
    if (random.chance(6, 100)) {
      return { ...shared, name: `${shared.name} feat. ${inventArtist(random)}` }
    }
    return random.chance(1, 100) ? { ...shared, ...homeOf(random) } : shared
  }
}

/** Half a minute to half an hour, mostly about four minutes, in hundred-thousandths of a second. */
export function duration(seed: number, index: number): number {
  const random = new Random(seed, streams.durations, index)
  const usual = 9000000 + random.below(10000000) + random.below(10000000) + random.below(10000000)
  if (random.chance(1, 50)) return noWholeSecond(1500000 + random.below(7500000))
  return noWholeSecond(random.chance(1, 25) ? usual + random.skewed(220000000) : usual)
}

// The real ones are never whole: `240` would be an integer where every other length is a float.
const noWholeSecond = (length: number): number => (length % 100000 === 0 ? length + 1 : length)

const year = (random: Random): number => (random.chance(60, 100) ? 0 : 2010 - random.skewed(60))

/** An artist of the song files; a name that is a number is written as one, as a few real ones are. */
interface Artist extends City {
  readonly number: number
  readonly name: string | number
}

const NUMBERED = 1000

/** Artist `index`, the same whenever it is asked for. */
function artist(seed: number, index: number): Artist {
  const random = new Random(seed, streams.artists, index)
  const invented = inventArtist(random)
  const name = index % NUMBERED === 112 ? 2 + random.below(3000) : invented
  const from =
    index % NUMBERED === 27 ? { ...nowhere, location: 2 + random.below(200) } : homeOf(random)
  return { number: index, name, ...from }
}

/** Where somebody is from: 40 % unknown, 15 % by name only, 45 % with coordinates. */
function homeOf(random: Random): City {
  const known = random.below(100)
  const city = random.pick(cities)
  if (known < 40) return nowhere
  return known < 55 ? { ...nowhere, location: city.location } : city
}

const FOLDERS = 26 ** 3
const SONGS_PER_FOLDER = 22
const MOST = 2 ** 28

const A = 'A'.charCodeAt(0)

/** The track id of song `index` of `count`; its 3rd to 5th letters name its folder, 22 songs or more in each. */
function trackId(seed: number, index: number, count: number): string {
  const folder = Math.floor(index / Math.max(SONGS_PER_FOLDER, Math.ceil(count / FOLDERS)))
  const letters = folderLetters(folder) + randomLetters(seed, index, 2)
  return 'TR' + letters + '128' + uniqueHex(seed, index)
}

/** The song id of song `index`. */
function songId(seed: number, index: number): string {
  return 'SO' + randomLetters(seed, index + MOST, 5) + '12A' + uniqueHex(seed, index + MOST)
}

/** The artist id of artist `index`. */
function artistId(seed: number, index: number): string {
  return 'AR' + randomLetters(seed, index + 2 * MOST, 5) + '118' + uniqueHex(seed, index + 2 * MOST)
}

const letter = (value: number): string => String.fromCharCode(A + (value % 26))

const folderLetters = (folder: number): string =>
  letter(Math.floor(folder / 676)) + letter(Math.floor(folder / 26)) + letter(folder)

function randomLetters(seed: number, entry: number, length: number): string {
  const random = new Random(seed, streams.identifiers, entry)
  return Array.from({ length }, () => letter(random.below(26))).join('')
}

/** Eight digits that differ for every entry: MurmurHash3's finalizer (Austin Appleby) is one to one. */
function uniqueHex(seed: number, entry: number): string {
  let hash = (entry + 0x9e3779b9) ^ seed
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  hash ^= hash >>> 16
  return (hash >>> 0).toString(16).toUpperCase().padStart(8, '0')
}
