import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { startSharedServer } from '../../../redshift-local/shared-server'
import type { LocalRedshift } from '../../../redshift-local/server'
import { prepareWarehouse } from '../../prepared-warehouse'
import { useCommands } from '../../scripts/command'
import { copySources } from '../wire/local-redshift'
import { WireTap } from './wire-tap'

const commandLines = [
  ['run', '--json', '--store'],
  ['run'],
  ['audit', '--store'],
  ['query'],
  ['plan'],
  ['loads'],
  ['errors'],
  ['model', 'down', 'songplays'],
  ['model', 'up', 'songplays'],
  ['report'],
  ['undo'],
]

/** A folder may hold one more socket: this is the tap's number. */
const tapPort = 9999

describe('all that the project sends', () => {
  let server: LocalRedshift
  let tap: WireTap

  after(async () => {
    tap.close()
    await server.close()
  })

  const commands = useCommands()

  before(async function () {
    this.timeout(180_000)
    await prepareWarehouse(commands.warehouse)
    const options = { folder: commands.warehouse, buckets: commands.buckets }
    server = await startSharedServer(options, copySources(commands.buckets))
    const { host, port } = server.socket
    tap = new WireTap(join(host, `.s.PGSQL.${port}`))
    await tap.listen(join(host, `.s.PGSQL.${tapPort}`))
    const registry = join(commands.warehouse, 'served.json')
    const entry = JSON.parse(readFileSync(registry, 'utf8')) as object
    writeFileSync(registry, JSON.stringify({ ...entry, port: tapPort }))
    const sample = ['--events', '300', '--songs', '20', '--days', '2']
    await commands.sparkify(['generate', ...sample, '--out', `${commands.buckets}/sparkify`])
    mkdirSync(`${commands.buckets}/sparkify-work`)
    for (const words of commandLines) {
      const { code, stderr } = await commands.sparkify(words)
      expect(code, `${words.join(' ')}: ${stderr}`).to.equal(0)
    }
  })

  it('is accepted while it works', () => {
    const statements = new Set(tap.asked.map(({ sql }) => sql))
    expect(statements.size).to.be.above(100)
    const refused = tap.asked.filter(({ error }) => error !== undefined)
    expect(refused).to.deep.equal([])
  })
})
