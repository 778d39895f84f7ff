import { expect } from 'chai'
import { Client } from 'pg'
import { clientUser } from '../../redshift-local/catalog/install'
import { engineUser } from '../../redshift-local/engine/data-folder'
import { Commands } from './command'

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
