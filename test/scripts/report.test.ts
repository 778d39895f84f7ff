import { chmodSync, readFileSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { expect } from 'chai'
import { documentedTables } from '../../lib/load/tables'
import { useCommands } from './command'

describe('sparkify report', () => {
  const commands = useCommands()
  const file = join(commands.folder, 'report.html')

  const putOpener = (folder: string, script: string) => {
    for (const name of ['open', 'xdg-open']) {
      commands.put(`${folder}/${name}`, `#!/bin/sh\n${script}\n`)
      chmodSync(join(commands.buckets, folder, name), 0o755)
    }
  }

  before(() => commands.keepEngine())

  it('needs a warehouse with tables, and says how to get one', async () => {
    const { code, stderr, stdout } = await commands.sparkify(['report', '--out', file])
    expect(code).to.equal(2)
    expect(stderr).to.match(/no tables yet.*`sparkify run`/)
    expect(stdout).to.equal('')
  })

  describe('of a small warehouse', () => {
    before(async () => {
      const words = ['--events', '200', '--songs', '20', '--days', '3', '--seed', '1']
      const out = join(commands.buckets, 'sparkify')
      for (const command of [['generate', ...words, '--out', out], ['run']]) {
        const { code, stderr } = await commands.sparkify(command)
        expect(code, stderr).to.equal(0)
      }
    })

    it('writes one page, and says what is on it', async () => {
      const { code, stderr, stdout } = await commands.sparkify(['report', '--out', file])
      expect(code, stderr).to.equal(0)
      const tables = `${documentedTables.length} tables`
      expect(stdout).to.match(
        new RegExp(`^\\S+report\\.html: \\d+ questions, ${tables}, [\\d.]+ kB\\.\\n$`),
      )
      expect(readFileSync(file, 'utf8')).to.match(/^<!doctype html>[\s\S]*<\/html>\s*$/)
    })

    it('prints one JSON document with --json', async () => {
      const { stdout } = await commands.sparkify(['report', '--out', file, '--json'])
      const written = JSON.parse(stdout) as Record<string, unknown>
      expect(written).to.deep.include({
        file,
        bytes: statSync(file).size,
        tables: documentedTables.length,
      })
    })

    it('refuses a path that cannot be written', async () => {
      const nowhere = join(file, 'report.html')
      const { code, stderr } = await commands.sparkify(['report', '--out', nowhere])
      expect(code).to.equal(2)
      expect(stderr).to.contain(`cannot be written to ${nowhere}`)
      expect(stderr).to.not.contain('    at ')
    })

    it('opens it by the opener of the platform', async () => {
      const opened = join(commands.folder, 'opened')
      putOpener('bin', `printf %s "$1" > '${opened}'`)
      const PATH = `${join(commands.buckets, 'bin')}${delimiter}${process.env.PATH}`
      const { code, stderr } = await commands.sparkify(['report', '--out', file, '--open'], {
        PATH,
      })
      expect(code, stderr).to.equal(0)
      expect(readFileSync(opened, 'utf8')).to.equal(file)
    })

    it('says where it is when there is no browser to open it', async () => {
      putOpener('none', 'exit 3')
      const PATH = `${join(commands.buckets, 'none')}${delimiter}${process.env.PATH}`
      const { code, stderr } = await commands.sparkify(['report', '--out', file, '--open'], {
        PATH,
      })
      expect(code).to.equal(0)
      expect(stderr).to.contain(`open ${file}`)
    })
  })
})
