import { createHash } from 'node:crypto'
import { ascending, by, firstOfEach } from './order'
import type { EventRecord, Loaded, Row, SongRecord } from './records'
import { countingRecords } from './songs'

const choiceOfDelivery = by<EventRecord>(
  ascending(({ level }) => level),
  ascending(({ location }) => location),
  ascending(({ userAgent }) => userAgent),
  ascending(({ song }) => song),
  ascending(({ artist }) => artist),
  ascending(({ length }) => length),
)

/** One row per song play, its song known or not. */
export function songplaysOf(events: EventRecord[], records: Loaded<SongRecord>[]): Row[] {
  const songs = countingRecords(records)
  return playsOf(events).map((play) => {
    const song = songOf(play, songs)
    return {
      songplay_id: idOf(play),
      start_time: startTimeOf(play),
      user_id: play.userId === '' ? null : Number(play.userId),
      level: play.level,
      song_id: song?.song_id ?? null,
      artist_id: song?.artist_id ?? null,
      session_id: play.sessionId,
      location: play.location,
      user_agent: play.userAgent,
    }
  })
}

/** When an event began, as 2018-11-01 20:57:10.796. */
export function startTimeOf({ ts }: EventRecord): string {
  return new Date(ts).toISOString().replace('T', ' ').replace('Z', '')
}

/** The NextSong events, each once however often it was delivered. */
function playsOf(events: EventRecord[]): EventRecord[] {
  const all = events.filter(({ page }) => page === 'NextSong')
  return firstOfEach(all, identityOf, choiceOfDelivery)
}

function identityOf({ userId, sessionId, itemInSession, ts }: EventRecord): string {
  return [userId, sessionId, itemInSession, ts].join(' ')
}

/** The first 60 bits of the MD5 of what makes the play, so that it is the same in any order of loads. */
function idOf(play: EventRecord): string {
  const digest = createHash('md5').update(identityOf(play)).digest('hex')
  return BigInt(`0x${digest.slice(0, 15)}`).toString()
}

function songOf(play: EventRecord, songs: SongRecord[]): SongRecord | undefined {
  const matches = songs.filter(
    ({ title, artist_name }) =>
      title !== null && artist_name !== null && title === play.song && artist_name === play.artist,
  )
  const nearest = by<SongRecord>(
    ascending((song) => distance(song.duration, play.length)),
    ascending(({ song_id }) => song_id),
  )
  return matches.toSorted(nearest)[0]
}

/** In units of the fifth decimal, to the nearest one, by exact arithmetic. */
function distance(left: number | null, right: number | null): number | null {
  if (left === null || right === null) return null
  const difference = tenDecimals(left) - tenDecimals(right)
  return Number(((difference < 0n ? -difference : difference) + 50_000n) / 100_000n)
}

function tenDecimals(seconds: number): bigint {
  return BigInt(seconds.toFixed(10).replace('.', ''))
}
