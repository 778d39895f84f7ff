import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { writeSampleData } from '../../../lib/sample-data/write'
import { hashOf, temporaryFolder } from './data-set'

const small = { events: 50, songs: 2, days: 1, seed: 1 }
const whole = ['log_data', 'log_json_path.json', 'song_data']

const refusal = async (running: Promise<unknown>): Promise<string> => {
  const error = await running.then(
    () => expect.fail('it was not refused'),
    (error: unknown) => error,
  )
  expect(error).to.be.instanceOf(Error)
  return (error as Error).message
}

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

  it('is refused if it holds something, with what it holds and what to do', async () => {
    await writeSampleData({ ...small, out })
    const before = hashOf(out)
    expect(await refusal(writeSampleData({ ...small, seed: 2, out }))).to.match(
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
    expect(await refusal(writeSampleData({ ...small, out, force: true }))).to.match(
      /data holds thesis.txt: .*--force replaces nothing but sample data$/,
    )
    expect(readdirSync(out)).to.deep.equal(['thesis.txt'])
  })

  it('is refused with the reason if it cannot be written', async () => {
    writeFileSync(out, 'a file')
    for (const path of [out, join(out, 'inside'), join(out, 'far', 'inside')]) {
      expect(await refusal(writeSampleData({ ...small, out: path }))).to.match(
        /cannot be written \(ENOTDIR\): a part of this path is a file; choose another folder$/,
      )
    }
  })

  it('does not appear if the writing fails, and nothing stays beside it', async () => {
    const fails = (): never => {
      throw new Error('stop')
    }
    expect(await refusal(writeSampleData({ ...small, out }, fails))).to.equal('stop')
    expect(readdirSync(folder)).to.deep.equal([])
  })

  it('does not appear after a kill -9 midway, and the next run clears up and works', async () => {
    const child = startGenerating({ ...small, events: 5_000_000, out })
    for (let pieces = 0; pieces < 3; pieces++) await once(child.stdout, 'data')
    child.kill('SIGKILL')
    await once(child, 'exit')
    const [leftover, ...others] = readdirSync(folder)
    expect(leftover).to.equal(`.data.partial-${child.pid}-1`)
    expect(others).to.deep.equal([])
    await writeSampleData({ ...small, out })
    expect(readdirSync(folder)).to.deep.equal(['data'])
    expect(readdirSync(out).sort()).to.deep.equal(whole)
  })

  it('leaves alone what a run that is alive is writing, and what others have named alike', async () => {
    const alive = `.data.partial-${process.ppid}-1`
    mkdirSync(join(folder, alive))
    mkdirSync(join(folder, `.data2.partial-${deadProcess()}-1`))
    await writeSampleData({ ...small, out })
    expect(readdirSync(folder)).to.include.members([alive, 'data'])
    expect(readdirSync(folder)).to.have.length(3)
  })

  it('is put back if a run died between taking the former one away and putting the new one there', async () => {
    const former = join(folder, `.data.replaced-${deadProcess()}-1`)
    await writeSampleData({ ...small, out: former })
    await refusal(writeSampleData({ ...small, out }))
    expect(readdirSync(folder)).to.deep.equal(['data'])
    expect(readdirSync(out).sort()).to.deep.equal(whole)
  })
})

const startGenerating = (options: object) =>
  spawn(
    process.execPath,
    ['--require', './tools/typescript.js', join(__dirname, 'generate.ts'), JSON.stringify(options)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )

/** The id of a process that is no more. */
const deadProcess = (): number => spawnSync(process.execPath, ['--version']).pid
