import { expect } from 'chai'
import { dataSet, groupsOf, nameOf, share, type SongRecord } from './data-set'

describe('the songs of the sample data', () => {
  let songs: SongRecord[]

  before(async () => {
    ;({ songs } = await dataSet())
  })

  it('have ids of their own, and some share an artist, even under another name or place', () => {
    expect(new Set(songs.map((song) => song.song_id)).size).to.equal(1200)
    const byArtist = groupsOf(songs, (song) => song.artist_id)
    const differing = (key: 'artist_name' | 'artist_location'): number =>
      byArtist.filter((group) => new Set(group.map((song) => song[key])).size > 1).length
    expect(byArtist.length).to.be.within(600, 900)
    expect(differing('artist_name')).to.be.within(1, 60)
    expect(differing('artist_location')).to.be.within(1, 20)
  })

  it('are two of one title and artist in a few cases, of different durations', () => {
    const twins = groupsOf(songs, (song) => nameOf(song.title, song.artist_name)).filter(
      (group) => group.length > 1,
    )
    expect(twins.length).to.be.within(1, 12)
    for (const group of twins) {
      expect(new Set(group.map((song) => song.duration)).size).to.equal(group.length)
    }
  })

  it('lack a year, a place or coordinates as often as the real ones', () => {
    expect(share(songs, (song) => song.year === 0)).to.be.within(0.55, 0.65)
    expect(share(songs, (song) => song.artist_location === '')).to.be.within(0.35, 0.45)
    expect(share(songs, (song) => song.artist_latitude === null)).to.be.within(0.5, 0.6)
    for (const song of songs) {
      expect(song.artist_latitude === null).to.equal(song.artist_longitude === null)
    }
  })

  it('have a number for a text in a few cases', () => {
    const numbers = (key: 'artist_name' | 'artist_location'): number =>
      songs.filter((song) => typeof song[key] === 'number').length
    expect(numbers('artist_name')).to.be.within(1, 10)
    expect(numbers('artist_location')).to.be.within(1, 10)
  })
})
