import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { writeSampleData } from '../../../lib/sample-data/write'
import { hashOf, messageOf, temporaryFolder } from './data-set'

const small = { events: 50, songs: 2, days: 1, seed: 1 }
const whole = ['log_data', 'log_json_path.json', 'song_data']

describe('the folder of the sample data', () => {
  let folder: string
  let out: string

  beforeEach(() => {
    folder = temporaryFolder()
    out = join(folder, 'data')
  })

  afterEach(() => rmSync(folder, { recursive: true }))

  it('is made with the folders above it, and nothing else stays beside it', async () => {
    await writeSampleData({ ...small, out: join(folder, 'a/b/data') })
    expect(readdirSync(join(folder, 'a/b'))).to.deep.equal(['data'])
    expect(readdirSync(join(folder, 'a/b/data')).sort()).to.deep.equal(whole)
  })

  it('may be there empty, and be reached through a link', async () => {
    mkdirSync(out)
    symlinkSync(out, join(folder, 'link'))
    await writeSampleData({ ...small, out: join(folder, 'link') })
    expect(readdirSync(out).sort()).to.deep.equal(whole)
    expect(readdirSync(folder).sort()).to.deep.equal(['data', 'link'])
  })

  it('is rejected if it holds something, with what it holds and what to do', async () => {
    await writeSampleData({ ...small, out })
    const before = hashOf(out)
    expect(await messageOf(writeSampleData({ ...small, seed: 2, out }))).to.match(
      /data holds log_data, log_json_path.json, song_data: .*empty folder is expected.*--force$/,
    )
    expect(hashOf(out)).to.equal(before)
  })

  it('is replaced by force', async () => {
    await writeSampleData({ ...small, out })
    const before = hashOf(out)
    await writeSampleData({ ...small, seed: 2, out, force: true })
    expect(hashOf(out)).to.not.equal(before)
    expect(readdirSync(folder)).to.deep.equal(['data'])
  })

  it('is not replaced even by force if it holds what is no sample data', async () => {
    mkdirSync(out)
    writeFileSync(join(out, 'thesis.txt'), 'years of work')
    expect(await messageOf(writeSampleData({ ...small, out, force: true }))).to.match(
      /data holds thesis.txt: .*--force replaces nothing but sample data$/,
    )
    expect(readdirSync(out)).to.deep.equal(['thesis.txt'])
  })

  it('is rejected with the reason if it cannot be written', async () => {
    writeFileSync(out, 'a file')
    for (const path of [out, join(out, 'inside'), join(out, 'far', 'inside')]) {
      expect(await messageOf(writeSampleData({ ...small, out: path }))).to.match(
        /cannot be written \(ENOTDIR\): a part of this path is a file; choose another folder$/,
      )
    }
  })

  it('does not appear if the writing fails, and nothing stays beside it', async () => {
    const fails = (): never => {
      throw new Error('stop')
    }
    expect(await messageOf(writeSampleData({ ...small, out }, fails))).to.equal('stop')
    expect(readdirSync(folder)).to.deep.equal([])
  })

  it('does not appear after a kill -9 midway, and the next run clears up and works', async () => {
    const child = startGenerating({ ...small, events: 5_000_000, out })
    for (let pieces = 0; pieces < 3; pieces++) await once(child.stdout, 'data')
    child.kill('SIGKILL')
    await once(child, 'exit')
    const [leftover, ...others] = readdirSync(folder)
    expect(leftover).to.equal(`.data.partial-${child.pid}`)
    expect(others).to.deep.equal([])
    await writeSampleData({ ...small, out })
    expect(readdirSync(folder)).to.deep.equal(['data'])
    expect(readdirSync(out).sort()).to.deep.equal(whole)
  })

  it('leaves alone what a run that is alive is writing, and what others have named alike', async () => {
    const alive = `.data.partial-${process.ppid}`
    mkdirSync(join(folder, alive))
    mkdirSync(join(folder, `.data2.partial-${deadProcess()}`))
    await writeSampleData({ ...small, out })
    expect(readdirSync(folder)).to.include.members([alive, 'data'])
    expect(readdirSync(folder)).to.have.length(3)
  })

  it('is put back if a run died between taking the former one away and putting the new one there', async () => {
    const aside = join(folder, `.data.partial-${deadProcess()}`)
    await writeSampleData({ ...small, out: join(aside, 'former') })
    await writeSampleData({ ...small, seed: 2, out: join(aside, 'new') })
    const former = hashOf(join(aside, 'former'))
    expect(await messageOf(writeSampleData({ ...small, out }))).to.match(/holds log_data/)
    expect(readdirSync(folder)).to.deep.equal(['data'])
    expect(hashOf(out)).to.equal(former)
  })

  it('is not replaced by what a run that died has left half removed', async () => {
    const aside = join(folder, `.data.partial-${deadProcess()}`)
    for (const left of ['former', 'replaced']) {
      await writeSampleData({ ...small, out, force: true })
      const hash = hashOf(out)
      mkdirSync(join(aside, left, 'song_data'), { recursive: true })
      expect(await messageOf(writeSampleData({ ...small, out }))).to.match(/holds log_data/)
      expect(readdirSync(folder)).to.deep.equal(['data'])
      expect(hashOf(out)).to.equal(hash)
    }
    rmSync(out, { recursive: true })
    mkdirSync(join(aside, 'replaced', 'song_data'), { recursive: true })
    await writeSampleData({ ...small, out })
    expect(readdirSync(out).sort()).to.deep.equal(whole)
  })

  it('is not replaced if something else was written there meanwhile', async () => {
    await writeSampleData({ ...small, out })
    const late = (): void => writeFileSync(join(out, 'thesis.txt'), 'years of work')
    await messageOf(writeSampleData({ ...small, seed: 2, out, force: true }, late))
    expect(readdirSync(folder)).to.deep.equal(['data'])
    expect(readdirSync(out)).to.include.members([...whole, 'thesis.txt'])
  })
})

const startGenerating = (options: object) =>
  spawn(
    process.execPath,
    ['--require', './tools/typescript.js', join(__dirname, 'generate.ts'), JSON.stringify(options)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )

/** The id of a process that has ended. */
const deadProcess = (): number => spawnSync(process.execPath, ['--version']).pid
