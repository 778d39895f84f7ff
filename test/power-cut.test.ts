import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { expect } from 'chai'
import { writeSampleData } from '../lib/sample-data/write'
import { Disk, killAllIn } from './power-cut/disk'
import { Commands } from './scripts/command'

const cuts = Number(process.env.POWER_CUTS ?? 24)
/** A warehouse without fsync is tried until it is torn: else the experiment would show nothing. */
const cutsWithoutFsync = 6

type Contents = Record<string, string>

/** What a command does to the warehouse; which part of the data lies in the bucket by then. */
const work = [
  { words: ['run'], parts: 2 },
  { words: ['undo'], parts: 2 },
  { words: ['run'], parts: 2 },
  { words: ['run'], parts: 3 },
  { words: ['undo'], parts: 3 },
]

describe('a warehouse whose power is cut', function () {
  this.timeout(20 * 60_000)

  const commands = new Commands()
  const data = join(tmpdir(), 'power-cut')
  const bucket = join(data, 'buckets', 'sparkify')
  const [disk, loaded, blank] = ['disk', 'loaded', 'blank'].map(
    (name) => new Disk(join(data, `${name}.img`), commands.folder),
  ) as [Disk, Disk, Disk]
  /** What the warehouse holds before the work, and after each command of it. */
  const states: Contents[] = []
  let duration: number
  const variables = { LOCAL_BUCKETS: join(data, 'buckets') }

  before(async function () {
    if (process.env.LONG === undefined || Disk.missing !== undefined) this.skip()
    mkdirSync(bucket, { recursive: true })
    const out = join(data, 'all')
    await writeSampleData({ events: 6000, songs: 300, days: 3, seed: 13, out })
    blank.format(1000)
    loaded.become(blank)
    deliver(1)
    await on(loaded, async () => {
      await succeed(['run'])
      states.push(await contents())
    })
    disk.become(loaded)
    await on(disk, async () => {
      const start = Date.now()
      for (const { words, parts } of work) {
        deliver(parts)
        await succeed(words)
      }
      duration = Date.now() - start
    })
    disk.become(loaded)
    await on(disk, async () => {
      for (const { words, parts } of work) {
        deliver(parts)
        await succeed(words)
        states.push(await contents())
      }
    })
    expect(states[2]).to.deep.equal(states[0])
    expect(states[3]).to.deep.equal(states[1])
  })

  after(async () => {
    if (disk.isMounted) {
      killAllIn(disk.folder)
      await disk.unmount(() => killAllIn(disk.folder))
    }
    rmSync(data, { recursive: true, force: true })
  })

  it(`is one that was committed, never less than was acknowledged (${cuts} cuts)`, async () => {
    const faults = await faultsOf(cuts, () => cutAtWork({}))
    expect(faults).to.deep.equal([])
  })

  it(`is made by the next run where it was being made (${cuts / 4} cuts)`, async () => {
    const faults = await faultsOf(cuts / 4, cutAtFirstStart)
    expect(faults).to.deep.equal([])
  })

  it('is torn without fsync, so that the cuts are ones', async () => {
    const faults = await faultsOf(cutsWithoutFsync, () =>
      cutAtWork({ SPARKIFY_TESTS_FSYNC: 'off' }),
    )
    console.log(`      ${faults.length} of ${cutsWithoutFsync} were torn:`, faults)
    expect(faults).to.not.deep.equal([])
  })

  /** Cuts the power at a random moment of the work. @returns what is wrong then */
  async function cutAtWork(fsync: NodeJS.ProcessEnv): Promise<string | undefined> {
    disk.become(loaded)
    disk.mount()
    const moment = Date.now() + Math.random() * duration
    let done = 0
    let isCut = false
    for (const { words, parts } of work) {
      deliver(parts)
      const command = start(words, fsync)
      isCut = await cutAt(moment, command)
      if (isCut) break
      done++
    }
    if (!isCut) await cut()
    return on(disk, () => faultAfter(done))
  }

  async function faultAfter(done: number): Promise<string | undefined> {
    const { code, stdout, stderr } = await commands.sparkify(['audit'], variables)
    if (code !== 0) return `the audit after ${done}: ${stdout}${stderr}`
    const found = await contents()
    if (!states.slice(done, done + 2).some((state) => isDeepStrictEqual(state, found)))
      return `after ${done}: ${JSON.stringify(found)}`
    deliver(3)
    await succeed(['run'])
    // It may be one load or two by now, of the same rows.
    const last = { ...(await contents()), loads: states[4]!.loads }
    return isDeepStrictEqual(last, states[4])
      ? undefined
      : `the next run after ${done}: ${JSON.stringify(last)}`
  }

  async function cutAtFirstStart(): Promise<string | undefined> {
    disk.become(blank)
    disk.mount()
    deliver(1)
    const isCut = await cutAt(Date.now() + Math.random() * 8000, start(['run'], {}))
    if (!isCut) await cut()
    return on(disk, async () => {
      if (isCut) await succeed(['run'])
      const found = await contents()
      return isDeepStrictEqual(found, states[0])
        ? undefined
        : `the first run, ${isCut ? 'again' : 'acknowledged'}: ${JSON.stringify(found)}`
    })
  }

  function start(words: string[], fsync: NodeJS.ProcessEnv) {
    return commands.start('sparkify', words, {
      ...variables,
      SPARKIFY_TESTS_FSYNC: undefined,
      ...fsync,
    })
  }

  /** Waits for the command, or cuts the power. @returns true for the latter */
  async function cutAt(moment: number, command: ReturnType<typeof start>): Promise<boolean> {
    const ended = command.ended.then(({ code, stdout, stderr }) => {
      if (code !== 0 && Date.now() < moment) throw new Error(`exit ${code}: ${stdout}${stderr}`)
      return code
    })
    while (Date.now() < moment) {
      const code = await Promise.race([ended, sleep(Math.random() * 150).then(() => undefined)])
      if (code !== undefined) return false
      disk.writeBackSome(0.02)
    }
    const isOver = command.child.exitCode === 0
    await cut(() => command.child.kill('SIGKILL'))
    await command.ended
    return !isOver
  }

  async function cut(kill = () => {}): Promise<void> {
    disk.writeBackSome(Math.random() * 0.7)
    await disk.cut(() => {
      kill()
      killAllIn(disk.folder)
    })
  }

  /** Does something with a disk mounted, and stops the engine there. */
  async function on<Result>(one: Disk, task: () => Promise<Result>): Promise<Result> {
    if (!one.isMounted) one.mount()
    try {
      return await task()
    } finally {
      await commands.engineStopped()
      await one.unmount()
    }
  }

  async function succeed(words: string[]): Promise<void> {
    const { code, stdout, stderr } = await commands.sparkify(words, variables)
    if (code !== 0) throw new Error(`${words.join(' ')}: ${stdout}${stderr}`)
  }

  /** Puts the first parts of the data into the bucket; the others are not there. */
  function deliver(parts: number): void {
    rmSync(bucket, { recursive: true, force: true })
    const files = readdirSync(join(data, 'all'), { recursive: true, encoding: 'utf8' }).sort()
    const isDelivered = (name: string, index: number) =>
      /\.json$/.test(name) && (name.endsWith('path.json') || index % 3 < parts)
    for (const name of files.filter(isDelivered)) {
      mkdirSync(dirname(join(bucket, name)), { recursive: true })
      cpSync(join(data, 'all', name), join(bucket, name), { preserveTimestamps: true })
    }
  }

  async function contents(): Promise<Contents> {
    const [loads] = await commands.rows(
      `select json_agg(to_jsonb(l) - array['loaded_at', 'finished_at'] order by loaded_at) as rows
      from loads as l where state = 'loaded'`,
    )
    return { ...(await commands.contents()), loads: JSON.stringify(loads!.rows) }
  }
})

/** Tries one after the other. @returns what was wrong */
async function faultsOf(
  count: number,
  attempt: () => Promise<string | undefined>,
): Promise<string[]> {
  const faults: string[] = []
  for (let i = 0; i < count; i++) {
    const fault = await attempt().catch((error: Error) => error.message)
    if (fault !== undefined) faults.push(fault.slice(0, 400))
  }
  return faults
}
