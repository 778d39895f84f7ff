import { artist, where, type Artist } from './artists'
import { artistId, songId, trackId } from './identifiers'
import { inventArtist, inventTitle } from './names'
import { Random } from './random'
import { streams } from './streams'

/** What a song is called and whose it is. */
export interface Credit {
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
export function duration(seed: number, index: number): number {
  const random = new Random(seed, streams.durations, index)
  const usual = 9000000 + random.below(10000000) + random.below(10000000) + random.below(10000000)
  if (random.chance(1, 50)) return noWholeSecond(1500000 + random.below(7500000))
  return noWholeSecond(random.chance(1, 25) ? usual + random.skewed(220000000) : usual)
}

// The real ones are never whole: `240` would be an integer where every other length is a float.
const noWholeSecond = (length: number): number => (length % 100000 === 0 ? length + 1 : length)

const year = (random: Random): number => (random.chance(60, 100) ? 0 : 2010 - random.skewed(60))
