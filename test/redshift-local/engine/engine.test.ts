import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { Client } from 'pg'
import { isAlive } from '../../../object-store/folder'
import { dataFolderAt, engineUser } from '../../../redshift-local/engine/data-folder'
import { type Engine, openEngine } from '../../../redshift-local/engine/engine'
import { engineStopped, prepareWarehouse } from '../../prepared-warehouse'

const projectFolder = join(__dirname, '..', '..', '..')

describe('the engine', () => {
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'engine-'))
  })

  afterEach(async () => {
    await engineStopped(folder)
    rmSync(folder, { recursive: true, force: true })
  })

  it('starts in an empty folder and answers', async () => {
    const engine = await openEngine(folder)
    expect(await answer(engine)).to.equal('1')
    engine.release()
  })

  it('starts where /dev/shm has one megabyte, and joins in parallel there', async function () {
    const mount = 'mount -t tmpfs -o size=1m tmpfs /dev/shm'
    const inside = (command: string) => ['-m', 'sh', '-c', `${mount} && ${command}`]
    if (spawnSync('unshare', inside('true')).status !== 0) this.skip() // not root, or no Linux
    const program = join(__dirname, 'parallel-join.ts')
    const data = mkdtempSync('/var/tmp/engine-') // the tests' own folder may be in /dev/shm
    chmodSync(data, 0o711)
    try {
      const command = `exec '${process.execPath}' -r ./tools/typescript.js '${program}' '${data}'`
      const options = { cwd: projectFolder, encoding: 'utf8' } as const
      const said = execFileSync('unshare', inside(command), options)
      expect(said).to.equal('mmap Parallel Hash 100000\n')
    } finally {
      await engineStopped(data)
      rmSync(data, { recursive: true, maxRetries: 10 })
    }
  })

  it('is shared by processes, and stops with the last of them', async () => {
    await prepareWarehouse(folder)
    const [first, second, ...more] = await Promise.all([1, 2, 3, 4].map(() => hold(folder)))
    for (const other of more) other.kill('SIGKILL')
    const pid = postmaster(folder)
    first!.kill('SIGKILL')
    await once(first!, 'exit')
    const third = await openEngine(folder)
    expect(postmaster(folder)).to.equal(pid)
    third.release()
    await sleep(300)
    expect(postmaster(folder), 'one still holds it').to.equal(pid)
    second!.kill('SIGKILL')
    await once(second!, 'exit')
    await engineStopped(folder)
    while (isAlive(pid!)) await sleep(20) // the lock goes a moment before the process
  })

  it('is started by one of many that begin at the same time', async () => {
    const engines = await Promise.all(Array.from({ length: 5 }, () => openEngine(folder)))
    const answers = await Promise.all(engines.map(answer))
    expect(answers).to.deep.equal(['1', '1', '1', '1', '1'])
    for (const engine of engines) engine.release()
  })

  it('comes back after its PostgreSQL was killed under a user of it', async () => {
    await prepareWarehouse(folder)
    const holder = await hold(folder)
    process.kill(postmaster(folder)!, 'SIGKILL')
    const engine = await openEngine(folder)
    expect(await answer(engine)).to.equal('1')
    engine.release()
    holder.kill('SIGKILL')
  })

  it('is taken over when its guard was killed, and still stops with its last user', async () => {
    await prepareWarehouse(folder)
    const holder = await hold(folder)
    const pid = postmaster(folder)!
    for (const part of guardOf(pid)) process.kill(part, 'SIGKILL')
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    const engine = await openEngine(folder)
    expect(postmaster(folder)).to.equal(pid)
    expect(await answer(engine)).to.equal('1')
    engine.release()
    await engineStopped(folder)
  })

  it('stops with its last user where its guard was killed under it', async () => {
    await prepareWarehouse(folder)
    const [engine, other] = [await openEngine(folder), await openEngine(folder)]
    const pid = postmaster(folder)!
    for (const part of guardOf(pid)) process.kill(part, 'SIGKILL')
    engine.release()
    expect(await answer(other)).to.equal('1')
    other.release()
    while (isAlive(pid)) await sleep(20)
  })

  it('is waited for where sessions of a killed one still hold its memory', async () => {
    await prepareWarehouse(folder)
    const holder = await hold(folder)
    const client = new Client({ host: folder, user: engineUser, database: 'template1' })
    client.on('error', () => {})
    await client.connect()
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    const session = rows[0]!.pid
    process.kill(session, 'SIGSTOP') // it does not notice
    const pid = postmaster(folder)!
    for (const part of [...guardOf(pid), pid]) process.kill(part, 'SIGKILL')
    holder.kill('SIGKILL')
    const opening = openEngine(folder)
    opening.catch(() => {}) // told below
    const log = join(folder, 'postgres.log')
    const attempts = () => readFileSync(log, 'utf8').split('is still in use').length - 1
    while (attempts() < 12) await sleep(20)
    process.kill(session, 'SIGKILL')
    const engine = await opening
    expect(await answer(engine)).to.equal('1')
    engine.release()
  })

  it('is not stopped by the lock of a dead one whose number another process has now', async () => {
    await prepareWarehouse(folder)
    const locks = [join(folder, 'postgres', 'postmaster.pid'), join(folder, '.s.PGSQL.5432.lock')]
    for (const lock of locks) writeFileSync(lock, `${process.pid}\n${folder}/postgres\n`)
    const engine = await openEngine(folder)
    expect(await answer(engine)).to.equal('1')
    engine.release()
  })

  it('is not stopped by a lock that a power cut left empty', async () => {
    await prepareWarehouse(folder)
    writeFileSync(join(folder, 'postgres', 'postmaster.pid'), '')
    writeFileSync(join(folder, '.s.PGSQL.5432.lock'), '')
    const engine = await openEngine(folder)
    expect(await answer(engine)).to.equal('1')
    engine.release()
  })

  it('finds its way when making the data was killed in the middle', async () => {
    const halfMade = join(folder, 'postgres.new-999999999')
    mkdirSync(halfMade, { recursive: true })
    const engine = await openEngine(folder)
    expect(await answer(engine)).to.equal('1')
    expect(existsSync(halfMade)).to.equal(false)
    engine.release()
  })

  it('works in a folder that only its owner may enter, and at the end of a long path', async () => {
    chmodSync(folder, 0o700)
    const deep = join(folder, 'a'.repeat(60), 'b'.repeat(60), 'warehouse')
    const engine = await openEngine(deep)
    expect(await answer(engine)).to.equal('1')
    engine.release()
    await engineStopped(deep)
    const { socketFolder } = dataFolderAt(deep)
    while (existsSync(socketFolder)) await sleep(20) // the guard goes a moment after the lock
  })

  it('refuses a link that somebody put where the socket of a long path is to lie', async () => {
    const deep = join(folder, 'a'.repeat(60), 'b'.repeat(60), 'warehouse')
    const { socketFolder } = dataFolderAt(deep)
    const elsewhere = join(folder, 'elsewhere')
    mkdirSync(elsewhere)
    const { uid } = statSync(elsewhere)
    symlinkSync(elsewhere, socketFolder)
    const error = await openEngine(deep).then(
      () => undefined,
      (reason: Error) => reason,
    )
    rmSync(socketFolder)
    expect(error?.message).to.equal(
      `${socketFolder} belongs to somebody else. Set TMPDIR to a folder of your own.`,
    )
    expect(statSync(elsewhere).uid).to.equal(uid)
  })

  it('listens on no port', async () => {
    await prepareWarehouse(folder)
    const engine = await openEngine(folder)
    const lines = readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
    expect(lines[5], 'the address that it listens on').to.equal('')
    engine.release()
  })

  it('says so when the folder cannot be written', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    const error = await openEngine(join(file, 'warehouse')).then(
      () => undefined,
      (reason: Error) => reason,
    )
    expect(error?.message).to.match(/^The data folder .* cannot be written .*LOCAL_WAREHOUSE/)
  })

  it('shows the end of the log of PostgreSQL when that does not start', async () => {
    await prepareWarehouse(folder)
    rmSync(join(folder, 'postgres', 'global', 'pg_control'))
    const error = await openEngine(folder).then(
      () => undefined,
      (reason: Error) => reason,
    )
    expect(error?.message).to.contain('The local Redshift did not start').and.contain('pg_control')
  })

  describe('under root', () => {
    before(function () {
      if (process.getuid?.() !== 0 || process.platform !== 'linux') this.skip()
    })

    it('runs as nobody, without any capability', async () => {
      chmodSync(folder, 0o711)
      const made = join(folder, 'made')
      const engine = await openEngine(made)
      expect(statusOf(made)).to.deep.equal({ uid: 65534, capabilities: 0n })
      engine.release()
      await engineStopped(made)
    })

    it('runs as the account that owns the data', async () => {
      chownSync(folder, 1, 1)
      const engine = await openEngine(folder)
      expect(statusOf(folder)).to.deep.equal({ uid: 1, capabilities: 0n })
      engine.release()
    })

    it('has the one capability that leads to data below a folder of root alone', async () => {
      const deep = join(folder, 'warehouse')
      chmodSync(folder, 0o700)
      const engine = await openEngine(deep)
      expect(statusOf(deep)).to.deep.equal({ uid: 65534, capabilities: 1n << 1n })
      engine.release()
      await engineStopped(deep)
    })
  })
})

/** Of the PostgreSQL that runs. */
function statusOf(folder: string): { uid: number; capabilities: bigint } {
  const status = readFileSync(`/proc/${postmaster(folder)}/status`, 'utf8')
  const [, uid] = /^Uid:\s+(\d+)/m.exec(status)!
  const [, effective] = /^CapEff:\s+(\w+)/m.exec(status)!
  return { uid: Number(uid), capabilities: BigInt(`0x${effective}`) }
}

async function answer({ socketFolder }: Engine): Promise<string> {
  const client = new Client({
    host: socketFolder,
    port: 5432,
    user: engineUser,
    database: 'template1',
  })
  await client.connect()
  const { rows } = await client.query<{ one: string }>("select '1' as one")
  await client.end()
  return rows[0]!.one
}

async function hold(folder: string): Promise<ChildProcess> {
  const words = ['-r', './tools/typescript.js', join(__dirname, 'hold.ts'), folder]
  const child = spawn(process.execPath, words, {
    cwd: projectFolder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`exit ${code}`)))
  await Promise.race([once(child.stdout, 'data'), ended])
  ended.catch(() => {}) // by now it may be killed
  return child
}

function postmaster(folder: string): number | undefined {
  const file = join(folder, 'postgres', 'postmaster.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined
}

/** The guard's own processes: a session of its own, but for PostgreSQL in it. */
function guardOf(pid: number): number[] {
  const session = execFileSync('ps', ['-o', 'sid=', '-p', String(pid)], { encoding: 'utf8' }).trim()
  const all = execFileSync('ps', ['-o', 'pid=,comm=', '-s', session], { encoding: 'utf8' })
  const parts = all.split('\n').map((line) => line.trim().split(/ +/))
  return parts.filter(([, name]) => name === 'sh' || name === 'cat').map(([part]) => Number(part))
}
