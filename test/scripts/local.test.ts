import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { expect } from 'chai'
import { Client } from 'pg'
import { prepareWarehouse } from '../prepared-warehouse'
import { type Running, useCommands, until } from './command'

interface Served {
  host: string
  port: number
  user: string
  database: string
}

const password = 'Opensesame-1001'

describe('sparkify local', () => {
  let local: Running
  // Before its folder is removed.
  after(async () => {
    local.child.kill('SIGKILL')
    await local.ended
  })
  const commands = useCommands()
  const word = join(commands.warehouse, 'served.json')
  let served: Served

  const serve = async (port = 0, variables = {}) => {
    local = commands.start('sparkify', ['local', `--port=${port}`, '--json'], variables)
    await local.says('}\n')
    served = JSON.parse(local.said.stdout) as Served
  }

  before(async () => {
    await prepareWarehouse(commands.warehouse)
    await serve()
  })

  it('says where it serves, as one JSON document; ends at Ctrl-C with exit code 0, and leaves no entry and no process', async () => {
    local.child.kill('SIGINT')
    const { code, stdout, stderr } = await local.ended
    expect(code, stderr).to.equal(0)
    const { host, port, user, database } = served
    const certificate = join(commands.warehouse, 'tls', 'server.crt')
    expect(JSON.parse(stdout)).to.deep.equal({ host, port, user, database, certificate })
    expect({ host, user, database, stderr }).to.deep.equal({
      host: '127.0.0.1',
      user: 'awsuser',
      database: 'dev',
      stderr: '',
    })
    expect(existsSync(word)).to.equal(false)
    await until('no process is left', () => processesOf(commands.folder).length === 0)
    await serve()
  })

  it('refuses to serve with a certificate that is no longer whole, and says which to remove', async () => {
    const place = join(commands.warehouse, 'tls')
    mkdirSync(place)
    for (const name of ['server.crt', 'server.key']) writeFileSync(join(place, name), 'cut')
    const { code, stdout, stderr } = await commands.sparkify(['local', '--port=0'])
    rmSync(place, { recursive: true })
    expect([code, stdout], stderr).to.deep.equal([4, ''])
    expect(stderr).to.include(`in ${place} (server.crt, server.key) cannot be used`)
    expect(stderr).to.include('Remove that folder, and it is made again.')
  })

  it('serves psql', async function () {
    const words = ['psql', '-h', served.host, '-p', String(served.port), '-U', served.user, '-At']
    const statement = "select nvl(null, len('ab')) || '|' || decode(1, 1, 'one')"
    const { code, stdout, stderr } = await commands
      .spawn([...words, '-c', statement, served.database])
      .ended.catch(() => this.skip())
    expect(code, stderr).to.equal(0)
    expect(stdout).to.equal('2|one\n')
  })

  it('serves the other commands meanwhile', async () => {
    const entry = JSON.parse(readFileSync(word, 'utf8')) as Served
    expect(entry.host).to.equal(commands.warehouse)
    let connections = 0
    const between = createServer((socket) => {
      connections += 1
      const onward = connect(join(entry.host, `.s.PGSQL.${entry.port}`))
      socket.on('error', () => onward.destroy()).pipe(onward)
      onward.on('error', () => socket.destroy()).pipe(socket)
    }).listen(join(entry.host, '.s.PGSQL.4711'))
    await once(between, 'listening')
    writeFileSync(word, JSON.stringify({ ...entry, port: 4711 }))
    const { code, stdout } = await commands.sparkify(['sql', 'select 1 as one', '--json'])
    between.close()
    expect(code).to.equal(0)
    expect(stdout).to.contain('"rows":[[1]]')
    expect(connections).to.be.greaterThan(0)
  })

  it('stands in the way of nobody when it was killed', async () => {
    local.child.kill('SIGKILL')
    await local.ended
    expect(existsSync(word), 'the word it left').to.equal(true)
    const { code, stderr } = await commands.sparkify(['sql', 'select 1'])
    expect(code, stderr).to.equal(0)
    await serve(served.port)
  })
})

describe('who can connect to sparkify local', () => {
  const commands = useCommands()

  before(() => prepareWarehouse(commands.warehouse))

  /** What it says, and what becomes of a client that gives `given`. */
  async function tell(variables: Record<string, string>, given: string) {
    const local = commands.start('sparkify', ['local', '--port=0'], variables)
    try {
      await local.says('psql')
      expect(local.said.stdout).to.include(
        `by the certificate ${join(commands.warehouse, 'tls', 'server.crt')}.\n`,
      )
      const [, port] = /127\.0\.0\.1:(\d+)/.exec(local.said.stdout)!
      const client = new Client({
        host: '127.0.0.1',
        port: Number(port),
        user: 'ada',
        database: 'dev',
        password: given,
      })
      const reason = await client.connect().then(
        () => 'let in',
        (error: Error) => error.message,
      )
      await client.end()
      const { code } = await commands.sparkify(['sql', 'select 1'], variables)
      expect(code).to.equal(0)
      return { said: local.said.stdout.split('\n')[1], reason }
    } finally {
      local.child.kill('SIGINT')
      await local.ended
    }
  }

  it('is everybody on the machine, which it says', async () => {
    expect(await tell({}, 'any')).to.deep.equal({
      said:
        'Every account of this machine can connect, as any user, without a password: ' +
        'set LOCAL_PASSWORD to ask for one.',
      reason: 'let in',
    })
  })

  const said = 'Whoever knows the password in LOCAL_PASSWORD can connect, as any user.'

  it('is who knows the password, where one is set', async () => {
    const variables = { LOCAL_PASSWORD: password }
    expect(await tell(variables, password)).to.deep.equal({ said, reason: 'let in' })
  })

  it('is nobody else, where one is set', async () => {
    const reason = 'password authentication failed for user "ada"'
    expect(await tell({ LOCAL_PASSWORD: password }, 'guess')).to.deep.equal({ said, reason })
  })
})

describe('commands at the same time', () => {
  const commands = useCommands()

  it('share one engine, also where it has to be made first, and stop it in the end', async () => {
    const both = await Promise.all([1, 2].map(() => commands.start('sparkify', ['run']).ended))
    for (const { code, stderr } of both) expect(code, stderr).to.equal(0)
    await until('no process is left', () => processesOf(commands.folder).length === 0)
    const started = readFileSync(join(commands.warehouse, 'postgres.log'), 'utf8')
    expect(started.match(/database system is ready to accept connections/g)).to.have.lengthOf(1)
  })
})

function processesOf(folder: string): string[] {
  const all = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n')
  return all.filter((words) => words.includes(folder))
}
