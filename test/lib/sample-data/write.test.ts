import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect } from 'chai'
import { type SampleOptions, writeSampleData } from '../../../lib/sample-data/write'
import {
  dataSet,
  filesIn,
  hashOf,
  isPlay,
  messageOf,
  songsIn,
  temporaryFolder,
  textsIn,
  type DataSet,
  type LoggedEvent,
} from './data-set'

describe('writeSampleData', () => {
  const folder = temporaryFolder()

  after(() => rmSync(folder, { recursive: true }))

  describe('files', () => {
    let set: DataSet

    before(async () => {
      set = await dataSet()
    })

    it('are one a day, of the name of the day', () => {
      const names = Array.from({ length: 14 }, (_, day) => String(day + 1).padStart(2, '0'))
      expect(filesIn(join(set.out, 'log_data'))).to.deep.equal(
        names.map((day) => `2018/11/2018-11-${day}-events.json`),
      )
    })

    it('are one a song, in the folder of the 3rd to 5th letters of its name', () => {
      for (const file of filesIn(join(set.out, 'song_data'))) {
        expect(file).to.match(/^([A-Z])\/([A-Z])\/([A-Z])\/TR\1\2\3[A-Z]{2}[0-9A-F]{11}\.json$/)
      }
    })

    it('are counted in the summary, with their bytes', () => {
      const bytes = filesIn(set.out).map((file) => statSync(join(set.out, file)).size)
      expect(set.summary).to.deep.equal({
        events: 20000,
        eventFiles: 14,
        songs: 1200,
        songFiles: 1200,
        plays: set.events.filter(isPlay).length,
        bytes: bytes.reduce((sum, size) => sum + size),
      })
    })

    it('hold the events of their day in order of time, all at the same milliseconds', () => {
      let last = 0
      for (const file of filesIn(join(set.out, 'log_data'))) {
        for (const line of readFileSync(join(set.out, 'log_data', file), 'utf8').split('\n')) {
          const { ts } = JSON.parse(line) as LoggedEvent
          expect(new Date(ts).toISOString().slice(0, 10)).to.equal(basename(file).slice(0, 10))
          expect(ts % 1000).to.equal(796)
          expect(ts).to.be.at.least(last)
          last = ts
        }
      }
    })
  })

  describe('options', () => {
    it('are fine at the upper ends of their ranges', async () => {
      const taken = join(folder, 'taken')
      mkdirSync(join(taken, 'thesis'), { recursive: true })
      const most = { events: 1e9, songs: 1e7, days: 3650, seed: 2 ** 32 - 1, out: taken }
      expect(await messageOf(writeSampleData(most))).to.match(/^.*taken holds thesis: /)
    })

    it('are rejected all at once, each with what is expected', async () => {
      const wrong = { events: -1, songs: 1.5, days: 3651, seed: NaN, out: ' ' }
      expect((await messageOf(writeSampleData(wrong))).split('\n')).to.deep.equal([
        'events is -1: an integer from 0 to 1000000000 is expected',
        'songs is 1.5: an integer from 0 to 10000000 is expected',
        'days is 3651: an integer from 1 to 3650 is expected',
        'seed is NaN: an integer from 0 to 4294967295 is expected',
        'out is empty: the path of a folder is expected',
      ])
    })
  })

  describe('the same again', () => {
    const small = { events: 3000, songs: 120, days: 3, seed: 1 }
    const hashWith = async (changed: Partial<typeof small>): Promise<string> => {
      const path = join(folder, `again-${changed.seed}`)
      await writeSampleData({ ...small, ...changed, out: path, force: true })
      return hashOf(path)
    }

    // Whoever changes what is generated changes these hashes, and says so: others rely on the bytes.
    const hashes: [hash: string, Omit<SampleOptions, 'out'>][] = [
      ['5da0c07cf88bc133583923662a8e42bbe0340171f4e028de0ff49218f2f3fb8d', small],
      [
        'd952527568b619f71dc3320a6f191ef83884fe3dc34aca86773f10d15cff4793',
        { events: 777, songs: 71, days: 400, seed: 4294967295 },
      ],
      [
        '8c565c10965df6789d4e77e4c5ba024ec1a1ee097512b596c22461709a82eba4',
        { events: 0, songs: 0, days: 1, seed: 0 },
      ],
    ]
    for (const [hash, options] of hashes) {
      it(`comes of the same ${JSON.stringify(options)}, in this version as in those before`, async () => {
        expect(await hashWith(options)).to.equal(hash)
        expect(await hashWith(options)).to.equal(hash)
      })
    }

    it('comes of the same options for the larger set too', async () => {
      const hash = '258c59cb29480f8622dffb05df06ddd21ec7d24841f577643cd8f12534e49fb4'
      expect(hashOf((await dataSet()).out)).to.equal(hash)
    })

    it('does not come of another seed', async () => {
      const hashes = await Promise.all([0, 1, 2, 4294967295].map((seed) => hashWith({ seed })))
      expect(new Set(hashes).size).to.equal(4)
    })
  })

  describe('sizes', () => {
    const sizes: [events: number, songs: number, days: number, eventFiles: number][] = [
      [0, 0, 1, 0],
      [1, 0, 1, 1],
      [1, 1, 1, 1],
      [1, 1, 3650, 1],
      [2, 3, 1, 1],
      [30, 1, 30, 30],
      [777, 71, 400, 400],
      [5000, 2, 1, 1],
    ]
    for (const [events, songs, days, eventFiles] of sizes) {
      it(`are exact for ${events} events, ${songs} songs and ${days} days`, async () => {
        const path = join(folder, `size-${events}-${songs}-${days}`)
        const found = await writeSampleData({ events, songs, days, seed: 3, out: path })
        expect(found).to.include({ events, songs, eventFiles, songFiles: songs })
        expect(textsIn(path, 'log_data').flatMap((text) => text.split('\n'))).to.have.length(events)
        expect(new Set(songsIn(path).map((song) => song.song_id)).size).to.equal(songs)
        expect(existsSync(join(path, 'log_json_path.json'))).to.equal(true)
      })
    }

    it('are reported as they grow', async () => {
      const seen: { files: number; events: number }[] = []
      const path = join(folder, 'progress')
      await writeSampleData({ events: 500, songs: 70, days: 2, seed: 3, out: path }, (done) =>
        seen.push(done),
      )
      expect(seen[0]).to.deep.equal({ files: 64, events: 0 })
      expect(seen.at(-1)).to.deep.equal({ files: 72, events: 500 })
    })

    it('do not need memory: 300,000 events of one day in 64 MB', () => {
      const path = join(folder, 'large')
      const large = JSON.stringify({ events: 300000, songs: 100, days: 1, seed: 1, out: path })
      const script = join(__dirname, 'generate.ts')
      const flags = ['--max-old-space-size=64', '--require', './tools/typescript.js']
      const { status, stderr } = spawnSync(process.execPath, [...flags, script, large], {
        encoding: 'utf8',
      })
      expect(status, stderr).to.equal(0)
      const [file] = filesIn(join(path, 'log_data'))
      expect(statSync(join(path, 'log_data', file!)).size).to.be.above(100_000_000)
    })
  })
})
