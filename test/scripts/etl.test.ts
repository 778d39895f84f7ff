import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect } from 'chai'
import { prepareWarehouse } from '../prepared-warehouse'
import { projectFolder, useCommands } from './command'

// A version manager's Python may stand before the system's, which has the distribution's psycopg2.
const pythons = ['python3', '/usr/bin/python3']

describe('a Sparkify script in Python', () => {
  const commands = useCommands()

  it('builds its own star on the local Redshift', async function () {
    const python = pythons.find((file) => spawnSync(file, ['-c', 'import psycopg2']).status === 0)
    if (python === undefined) return this.skip()
    const sample = ['--events', '500', '--songs', '40', '--days', '3']
    await prepareWarehouse(commands.warehouse)
    await commands.sparkify(['generate', ...sample, '--out', join(commands.buckets, 'sparkify')])
    const local = commands.start('sparkify', ['local', '--port=0', '--json'])
    try {
      await local.says('}\n')
      const { host, port, user, database } = JSON.parse(local.said.stdout) as Record<
        string,
        string | number
      >
      const script = join(projectFolder, 'test', 'scripts', 'sparkify_etl.py')
      const words = [host, port, user, database, 'sparkify', 500, 40].map(String)
      const { code, stdout, stderr } = await commands.spawn([python, script, ...words]).ended
      expect(code, stderr).to.equal(0)
      expect(stdout).to.equal('done\n')
    } finally {
      local.child.kill('SIGINT')
      await local.ended
    }
  })
})
