import { expect } from 'chai'
import { dataSet, groupsOf, isPlay, nameOf, type LoggedEvent, type SongRecord } from './data-set'

const songName = (song: SongRecord): string => nameOf(song.title, song.artist_name)
const titleOf = (song: SongRecord): string => song.title
const durationOf = (song: SongRecord): number => song.duration

const oddities = {
  accent: /é/,
  apostrophe: /'/,
  'double quote': /"/,
  backslash: /\\/,
  comma: /,/,
  slash: /\//,
  'blank in front': /^ /,
  'blank at the end': / $/,
  'blank that TRIM leaves': /\u00a0$/,
  Cyrillic: /\p{Script=Cyrillic}/u,
  Japanese: /\p{Script=Han}/u,
  Arabic: /\p{Script=Arabic}/u,
  emoji: /\p{Extended_Pictographic}/u,
  'long text': /^.{140,180}$/u,
}

describe('the plays of the sample data', () => {
  let events: LoggedEvent[]
  let songs: SongRecord[]

  before(async () => {
    ;({ events, songs } = await dataSet())
  })

  it('name a song of the song files in 25 to 40 % of cases, and last as long as it does', () => {
    const durations = new Map(
      groupsOf(songs, songName).map((group) => [songName(group[0]!), group.map(durationOf)]),
    )
    const plays = events.filter(isPlay)
    const known = plays.filter((play) => durations.has(nameOf(play.song, play.artist)))
    expect(known.length / plays.length).to.be.within(0.25, 0.4)
    for (const play of known) {
      expect(durations.get(nameOf(play.song, play.artist))).to.include(play.length)
    }
  })

  it('name the title of a song, or its artist, with another in its place', () => {
    const names = new Set(songs.map(songName))
    const titles = new Set(songs.map(titleOf))
    const artists = new Set(songs.map((song) => String(song.artist_name)))
    const strangers = events.filter(
      (event) => isPlay(event) && !names.has(nameOf(event.song, event.artist)),
    )
    expect(strangers.some((play) => titles.has(play.song!))).to.equal(true)
    expect(strangers.some((play) => artists.has(play.artist!))).to.equal(true)
  })

  it('hold what trips up a loader, as the song files do', () => {
    for (const texts of [songs.map(titleOf), events.map((event) => event.song ?? '')]) {
      for (const [name, odd] of Object.entries(oddities)) {
        expect(texts.filter((text) => odd.test(text)).length, name).to.be.above(0)
      }
    }
  })

  it('fit into columns of 256 bytes', () => {
    const texts = [...events.flatMap(({ song, artist }) => [song, artist]), ...songs.map(titleOf)]
    expect(Math.max(...texts.map((text) => Buffer.byteLength(text ?? '')))).to.be.at.most(256)
  })
})
