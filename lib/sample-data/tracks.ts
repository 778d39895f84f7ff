import { decimalJson, logJson, type Track } from './formats'
import { inventArtist, inventTitle } from './names'
import { Random, streams } from './random'
import { duration, type Songs } from './songs'

interface Name {
  readonly title: string
  readonly artist: string
}

const STRANGERS = 40000
const STRANGER_ARTISTS = 15000
// Nothing real is longer, and what is generated has to fit into columns of 256 bytes.
const MOST_BYTES = 255
// Made tracks stay in a cache, one in each slot, since most plays are of a few thousand: about 4 MB.
const CACHE_SLOTS = 16384
// In the logs these have numbers of their own, behind those of the 10,000,000 songs at most.
const FIRST_STRANGER = 10000000
// Shares no factor with any number of songs, so that the popular ones lie scattered over the folders.
const STRIDE = 10000019

/** What can be played: a third of the plays name a song of the song files, the others strangers to them. */
export class Tracks {
  private readonly cache = new Array<{ number: number; track: Track } | undefined>(CACHE_SLOTS)

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
    const slot = number % CACHE_SLOTS
    const cached = this.cache[slot]
    if (cached?.number === number) return cached.track
    const track = this.made(number)
    this.cache[slot] = { number, track }
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
