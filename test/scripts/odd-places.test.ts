import { spawnSync } from 'node:child_process'
import { expect } from 'chai'
import { Client } from 'pg'
import { clientUser } from '../../redshift-local/catalog/install'
import { engineUser } from '../../redshift-local/engine/data-folder'
import { Commands, useCommands } from './command'

describe('a local Redshift all of whose connections are taken', () => {
  const commands = new Commands()
  const clients: Client[] = []

  after(async () => {
    await Promise.all(clients.map((client) => client.end()))
    await commands.remove()
  })

  /** Signs in until the engine refuses. */
  async function takeAll(user: string): Promise<void> {
    const { socketFolder: host } = await commands.keepEngine()
    for (;;) {
      const client = new Client({ host, port: 5432, user, database: 'dev' })
      client.on('error', () => {})
      if ((await client.connect().catch((error: unknown) => error)) instanceof Error) return
      clients.push(client)
    }
  }

  it('refuses a command with exit code 4, and says what is the matter', async () => {
    await takeAll(clientUser)
    const sessions = await commands.sparkify(['sql', 'select 1'])
    expect(sessions.code, sessions.stderr).to.equal(4)
    expect(sessions.stderr).to.equal(
      'connection limit "197" exceeded for non-bootstrap users\n' +
        'Other clients of this local Redshift hold all its connections: close one, and try again.\n',
    )
    await takeAll(engineUser)
    const all = await commands.sparkify(['sql', 'select 1'])
    expect(all.code, all.stderr).to.equal(4)
    expect(all.stderr).to.equal(
      'All connections of the local Redshift are taken: close one of its clients, and try again.\n',
    )
  })
})

describe('a command', () => {
  const commands = useCommands()

  it('says what to raise where no more files may be open', async () => {
    await commands.keepEngine()
    await commands.engineStopped()
    const command = `ulimit -n 22; exec '${process.execPath}' scripts/sparkify.js sql 'select 1'`
    const { code, stderr } = await commands.spawn(['sh', '-c', command]).ended
    expect(code, stderr).to.equal(4)
    expect(stderr).to.match(
      /^[^\n]*EMFILE[^\n]*\nNo more files may be open .*`ulimit -n 1024`.*\n$/,
    )
  })

  it('says so where it could listen on an interface that is down, and needs none itself', async function () {
    const inside = (...words: string[]) => ['unshare', '-n', ...words]
    if (spawnSync('unshare', ['-n', 'true']).status !== 0) this.skip() // not root, or no Linux
    await commands.keepEngine()
    const sparkify = [process.execPath, 'scripts/sparkify.js']
    const local = await commands.spawn(inside(...sparkify, 'local', '--port', '0')).ended
    expect(local.code, local.stderr).to.equal(4)
    expect(local.stderr).to.equal(
      'The local Redshift cannot be reached at 127.0.0.1: the loopback interface is down. ' +
        'Bring it up (`ip link set lo up`).\n',
    )
    const sql = await commands.spawn(inside(...sparkify, 'sql', 'select 1 as one', '--json')).ended
    expect(sql.stdout, sql.stderr).to.contain('"rows":[[1]]')
  })
})
