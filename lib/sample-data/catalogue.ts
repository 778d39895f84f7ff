import { Random, streams } from './random'
import {
  accented,
  adjectives,
  bandWords,
  emoji,
  nonLatin,
  nouns,
  nowhere,
  type Place,
  places,
  verbs,
  versions,
} from './vocabulary'
import { decimalJson, logJson } from './json-text'

type Pattern = (random: Random) => string

const LONGEST = 180
const NO_BREAK_SPACE = '\u00a0'

/** The name of a song that nobody has written: mostly plain, at times all that trips up a loader. */
function inventTitle(random: Random): string {
  const title = random.weighted(titlePatterns)(random)
  const version = random.chance(18, 100) ? `${title} ${random.pick(versions)}` : title
  return random.chance(1, 30) ? random.pick(oddities)(version, random) : version
}

/** The name of an artist who does not exist. */
function inventArtist(random: Random): string {
  const name = random.weighted(artistPatterns)(random)
  return random.chance(1, 60) ? random.pick(oddities)(name, random) : name
}

const titlePatterns = new Map<Pattern, number>([
  [(random) => `${random.pick(adjectives)} ${random.pick(nouns)}`, 22],
  [(random) => `${random.pick(nouns)} Of The ${random.pick(adjectives)} ${random.pick(nouns)}`, 10],
  [(random) => `${random.pick(verbs)} The ${random.pick(nouns)}`, 12],
  [(random) => `${random.pick(verbs)} My ${random.pick(adjectives)} ${random.pick(nouns)}`, 10],
  [(random) => `Don't ${random.pick(verbs)} The ${random.pick(nouns)}`, 7],
  [(random) => `${random.pick(nouns)}'s ${random.pick(nouns)}`, 6],
  [(random) => `${random.pick(nouns)}, ${random.pick(nouns)} & ${random.pick(nouns)}`, 5],
  [(random) => `The ${random.pick(nouns)} In ${random.pick(nouns)} ${1 + random.below(99)}`, 5],
  [(random) => `${random.pick(nouns)}`, 4],
  [(random) => `${random.pick(accented)} ${random.pick(nouns)}`, 2],
  [(random) => `${random.pick(accented)} ${random.pick(accented)}`, 1],
  [(random) => `${random.pick(nonLatin)} ${random.pick(nonLatin)}`, 1],
])

const artistPatterns = new Map<Pattern, number>([
  [(random) => `The ${random.pick(adjectives)} ${random.pick(bandWords)}`, 26],
  [(random) => `${random.pick(nouns)} ${random.pick(bandWords)}`, 20],
  [(random) => `${random.pick(adjectives)} ${random.pick(nouns)} ${random.pick(bandWords)}`, 14],
  [(random) => `${random.pick(nouns)} & The ${random.pick(bandWords)}`, 10],
  [(random) => `${random.pick(verbs)} ${random.pick(nouns)}`, 10],
  [(random) => `DJ ${random.pick(nouns)} ${1 + random.below(99)}`, 5],
  [(random) => `${random.pick(nouns)} O'${random.pick(bandWords)}`, 4],
  [(random) => `${random.pick(accented)} ${random.pick(bandWords)}`, 2],
  [(random) => `Los ${random.pick(accented)}`, 1],
  [(random) => `${random.pick(nonLatin)} ${random.pick(nonLatin)}`, 1],
])

const oddities: readonly ((text: string, random: Random) => string)[] = [
  (text) => ` ${text}`,
  (text) => `${text} `,
  (text) => text + NO_BREAK_SPACE,
  (text) => `"${text}"`,
  (text, random) => `${text} "${random.pick(nouns)}"`,
  (text, random) => `${text}\\${random.pick(nouns)}`,
  (text, random) => `${text} / ${random.pick(nouns)}`,
  (text, random) => `${text}_ ${random.pick(nouns)};${random.pick(adjectives)}`,
  (text, random) => `${text}, Pt. ${1 + random.below(9)}`,
  (text, random) => `${text} ${random.pick(emoji)}`,
  (text, random) => `${random.pick(emoji)}${text}`,
  (text, random) => `${text} | ${random.pick(nouns)}\t${random.pick(nouns)}`,
  lengthened,
  lengthened,
]

function lengthened(text: string, random: Random): string {
  let long = text
  for (;;) {
    const longer = `${long}, The ${random.pick(adjectives)} ${random.pick(nouns)}`
    if (longer.length > LONGEST) return long
    long = longer
  }
}

/** An artist of the song files; a name that is a number is written as one, as a few real ones are. */
interface Artist extends Place {
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
    index % NUMBERED === 27 ? { ...nowhere, location: 2 + random.below(200) } : where(random)
  return { number: index, name, ...from }
}

/** Where somebody is from: 40 % unknown, 15 % by name only, 45 % with coordinates. */
function where(random: Random): Place {
  const known = random.below(100)
  const place = random.pick(places)
  if (known < 40) return nowhere
  return known < 55 ? { ...nowhere, location: place.location } : place
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

  /** A twin bears the title and the artist of the song before it, and has its own duration. */
  private original(index: number): number {
    return index % TWIN_EVERY === FIRST_TWIN ? index - 1 : index
  }

  /** The first songs have an artist each, the others share those: a few under another name or place. */
  private artistOf(index: number, random: Random): Artist {
    if (index < this.artists) return artist(this.seed, index)
    const shared = artist(this.seed, random.skewed(this.artists))
    if (random.chance(6, 100))
      return { ...shared, name: `${shared.name} feat. ${inventArtist(random)}` }
    return random.chance(1, 100) ? { ...shared, ...where(random) } : shared
  }
}

/** Half a minute to half an hour, mostly about four minutes, in hundred-thousandths of a second. */
function duration(seed: number, index: number): number {
  const random = new Random(seed, streams.durations, index)
  const usual = 9000000 + random.below(10000000) + random.below(10000000) + random.below(10000000)
  if (random.chance(1, 50)) return noWholeSecond(1500000 + random.below(7500000))
  return noWholeSecond(random.chance(1, 25) ? usual + random.skewed(220000000) : usual)
}

// The real ones are never whole: `240` would be an integer where every other length is a float.
const noWholeSecond = (length: number): number => (length % 100000 === 0 ? length + 1 : length)

const year = (random: Random): number => (random.chance(60, 100) ? 0 : 2010 - random.skewed(60))

/** The fields of a log line that say what was played, as JSON text. */
interface Track {
  readonly title: string
  readonly artist: string
  readonly length: string
}

/** What is played by an event that is no play. */
export const silence: Track = { title: 'null', artist: 'null', length: 'null' }

interface Name {
  readonly title: string
  readonly artist: string
}

const STRANGERS = 40000
const STRANGER_ARTISTS = 15000
// Nothing real is longer, and columns of 256 bytes are to take what is generated.
const MOST_BYTES = 255
// Made tracks stay at hand, one in each place, since most plays are of a few thousand: about 4 MB.
const PLACES = 16384
// In the logs these have numbers of their own, behind those of the 10,000,000 songs at most.
const FIRST_STRANGER = 10000000
// Shares no factor with any number of songs, so that the popular ones lie scattered over the folders.
const STRIDE = 10000019

/** What can be played: a third of the plays name a song of the song files, the others strangers to them. */
export class Tracks {
  private readonly atHand = new Array<{ number: number; track: Track } | undefined>(PLACES)

  constructor(
    private readonly seed: number,
    private readonly songs: Songs,
  ) {}

  /** The number of the track that somebody plays next, popular ones more often. */
  next(random: Random): number {
    const known = random.chance(33, 100) && this.songs.count > 0
    if (!known) return FIRST_STRANGER + random.skewed(STRANGERS)
    return (random.skewed(this.songs.count) * STRIDE) % this.songs.count
  }

  /** The length of a track in hundred-thousandths of a second. */
  duration(track: number): number {
    return duration(this.seed, track)
  }

  /** What a log line says of a track. */
  track(number: number): Track {
    const place = number % PLACES
    const atHand = this.atHand[place]
    if (atHand?.number === number) return atHand.track
    const track = this.made(number)
    this.atHand[place] = { number, track }
    return track
  }

  private made(number: number): Track {
    const { title, artist } = this.name(number)
    const length = decimalJson(this.duration(number))
    return { title: logJson(title), artist: logJson(artist), length }
  }

  private name(track: number): Name {
    if (track >= FIRST_STRANGER) return this.stranger(track)
    const { title, artist } = this.songs.credit(track)
    return { title, artist: String(artist.name) }
  }

  /** A song of no file; some share the title or the artist with one of a file, as covers do. */
  private stranger(track: number): Name {
    const random = new Random(this.seed, streams.strangers, track)
    const own = this.invented(random)
    const near = random.below(100)
    if (this.songs.count === 0 || near >= 12) return random.chance(1, 2) ? garbled(own) : own
    const other = this.name(random.below(this.songs.count))
    return near < 8 ? { ...own, artist: other.artist } : { ...own, title: other.title }
  }

  private invented(random: Random): Name {
    const by = new Random(this.seed, streams.strangerArtists, random.skewed(STRANGER_ARTISTS))
    return { title: inventTitle(random), artist: inventArtist(by) }
  }
}

/** Non-ASCII text as the real logs have it: UTF-8 that was read as Latin-1, twice. */
const garbled = (name: Name): Name => ({
  title: misreadTwice(name.title),
  artist: misreadTwice(name.artist),
})

function misreadTwice(text: string): string {
  const misread = latin1Of(latin1Of(text))
  return Buffer.byteLength(misread) > MOST_BYTES ? text : misread
}

const latin1Of = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')
