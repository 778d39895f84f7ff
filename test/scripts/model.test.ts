import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import type { ManifestNode, ModelNode } from '../../lib/lineage/manifest'
import { type SentBy, statementsOf } from '../../lib/load/sent'
import { readQuestions } from '../../lib/questions/question'
import { models } from '../../models/index'
import { stagingTables } from '../../sources/index'
import { Terminal, useCommands, type Variables } from './command'

interface Manifest {
  warehouse: { latestLoad: string | null } | null
  fault: string | null
  nodes: (Omit<ManifestNode, 'kind'> & Partial<Omit<ModelNode, 'kind'>> & { kind: string })[]
}

describe('sparkify model', () => {
  const commands = useCommands()
  const names = models.map(({ name }) => name)
  let built: Record<string, unknown>
  const model = async (...words: string[]) => {
    const { code, stdout, stderr } = await commands.sparkify(['model', ...words, '--json'])
    expect(code, stderr).to.equal(0)
    const { models } = JSON.parse(stdout) as { models: { name: string }[] }
    return models.map(({ name }) => name)
  }
  const rowsOf = async (table: string) =>
    Number(String((await commands.contents())[table]).split(' ')[0])

  before(async () => {
    await commands.keepEngine()
    const sample = ['--events', '500', '--songs', '40', '--days', '3']
    await commands.sparkify(['generate', ...sample, '--out', `${commands.buckets}/sparkify`])
    await commands.sparkify(['run'])
    built = await commands.contents()
  })

  it('takes one back with what depends on it, and builds it again', async () => {
    expect(await model('down', 'songplays')).to.deep.equal(['time', 'songplays'])
    expect([await rowsOf('songplays'), await rowsOf('time')]).to.deep.equal([0, 0])
    expect(await rowsOf('users')).to.be.greaterThan(0)
    expect(await model('up', 'songplays')).to.deep.equal(['songplays', 'time'])
    expect(await commands.contents()).to.deep.equal(built)
  })

  it('takes all back, and builds all again', async () => {
    expect(await model('down')).to.deep.equal(names.toReversed())
    for (const name of names) expect(await rowsOf(name), name).to.equal(0)
    expect(await model('up')).to.deep.equal(names)
    expect(await commands.contents()).to.deep.equal(built)
  })

  it('takes what is selected, what that is made of, and what depends on it', async () => {
    expect(await model('up', '+time')).to.deep.equal(['songplays', 'time'])
    expect(await model('up', 'art*', 'use?s')).to.deep.equal(['users', 'artists'])
    expect(await commands.contents()).to.deep.equal(built)
  })

  it('prints a table of rows', async () => {
    const { stdout } = await commands.sparkify(['model', 'up', 'users', 'songs'])
    expect(stdout).to.match(/^model +up\n─+ {2}─+\nusers +\d+\nsongs +40\n$/)
  })

  it('ends with exit code 2 for a name that is no model, and does nothing', async () => {
    const outcome = await commands.sparkify(['model', 'down', 'users', 'sogns+', 'gigs'])
    expect(outcome.code).to.equal(2)
    expect(outcome.stderr).to.equal(
      'There is no model "sogns+": did you mean "songs+"?\n' +
        `There is no model "gigs".\nWhat there is: ${names.join(', ')}.\n`,
    )
    expect(await commands.contents()).to.deep.equal(built)
  })

  it('ends with exit code 2 for a direction that is none', async () => {
    const outcome = await commands.sparkify(['model', 'sideways'])
    expect(outcome.code).to.equal(2)
    expect(outcome.stderr).to.contain('"list", "show", "up", "down"')
  })

  describe('list', () => {
    const list = async (words: string[] = [], variables: Variables = {}) => {
      const outcome = await commands.sparkify(['model', 'list', ...words], variables)
      expect(outcome.code, outcome.stderr).to.equal(0)
      return outcome
    }
    const manifest = async (...words: string[]) =>
      JSON.parse((await list([...words, '--json'])).stdout) as Manifest
    const linesOf = (text: string) => text.trimEnd().split('\n')

    it('has a line for each, with rows, when it was built, key and what it reads, and its grain', async () => {
      const [, , ...lines] = linesOf((await list()).stdout)
      expect(lines[3]).to.match(
        /^songplays +\d+ {2}\d{4}-\d\d-\d\d \d\d:\d\d {2}songplay_id +staging_events, staging_songs$/,
      )
      for (const [i, { name, grain }] of models.entries()) {
        expect(lines[i]).to.match(new RegExp(`^${name} +[1-9]`))
        expect(lines[i + models.length + 3]).to.equal(`${name.padEnd(9)}  ${grain}`)
      }
      expect(lines).to.have.lengthOf(2 * models.length + 3)
    })

    it('fits a terminal of 80 columns', async () => {
      const { stdout } = await commands.sparkify(['model', 'list'], {}, undefined, new Terminal())
      expect(linesOf(stdout)).to.have.length.greaterThan(10)
      for (const line of linesOf(stdout)) expect(line.length, line).to.be.at.most(80)
    })

    it('--json is a manifest: every node behind those that it reads, every column from columns of nodes', async () => {
      const { warehouse, fault, nodes } = await manifest()
      expect(fault).to.equal(null)
      const before = new Map<string, Manifest['nodes'][number]>()
      for (const node of nodes) {
        for (const read of node.reads)
          expect(before.has(read), `${node.name}: ${read}`).to.equal(true)
        for (const { name, from, unknown } of node.columns) {
          expect(unknown, `${node.name}.${name}`).to.equal(null)
          for (const [table, column] of from.map((path) => path.split('.'))) {
            const columns = before.get(table!)?.columns.map((each) => each.name)
            expect([...columns!, '*'], `${node.name}.${name}`).to.include(column)
          }
        }
        before.set(node.name, node)
      }
      expect(before.size).to.equal(nodes.length)
      expect([...before.keys()]).to.include.members([
        ...stagingTables.map(({ name }) => name),
        ...names,
        ...readQuestions().map(({ name }) => name),
      ])
      for (const node of nodes.filter(({ kind }) => kind !== 'question'))
        expect(node.rows, node.name).to.equal(await rowsOf(node.name))
      expect(before.get('staging_songs')!.audits).to.not.deep.equal([])
      const { audits, builtAt, changed, fingerprint, builtFingerprint } = before.get('songs')!
      expect(audits!.map(({ name }) => name)).to.include.members([
        'unique song_id',
        'title not null',
      ])
      expect(builtAt! >= warehouse!.latestLoad!).to.equal(true)
      expect(changed).to.deep.equal([])
      expect(builtFingerprint).to.deep.equal(fingerprint)
    })

    it('has the models that are selected, and no other node then', async () => {
      const { nodes } = await manifest('+time', 'users', '--exclude', 'users')
      expect(nodes.map(({ name }) => name)).to.deep.equal(['songplays', 'time'])
      const { stdout } = await list(['staging_songs+,1+time'])
      expect(linesOf(stdout)[2]).to.match(/^songplays /)
      expect(linesOf(stdout)[3]).to.match(/^time /)
      const outcome = await commands.sparkify(['model', 'list', '1+tme'])
      expect(outcome.code).to.equal(2)
      expect(outcome.stderr).to.contain('There is no model "1+tme": did you mean "1+time"?')
    })

    it('tells what changed since it was built, and what is not built', async () => {
      const client = await commands.connect()
      await client.query("update model_fingerprints set query = 'edited' where model = 'songplays'")
      await client.end()
      await model('down', 'users')
      const { stdout } = await list()
      expect(stdout).to.match(/^users +0 {2}not built /m)
      expect(stdout).to.match(/^model +changed since it was built$/m)
      expect(stdout).to.match(/^songplays +a helper of its query\ntime +reads songplays\n$/m)
      const { nodes } = await manifest('users', 'time')
      expect(nodes.map(({ changed }) => changed)).to.deep.equal([
        ['not built'],
        ['reads songplays'],
      ])
      await model('up')
      expect(await commands.contents()).to.deep.equal(built)
    })

    it('does without the column that says when, which a former warehouse has not', async () => {
      const client = await commands.connect()
      await client.query('alter table model_fingerprints drop column built_at')
      expect(await model('up', 'users')).to.deep.equal(['users'])
      expect((await list()).stdout).to.match(/^users +\d+ {2}not noted /m)
      await client.query('alter table model_fingerprints add column built_at timestamp')
      await client.end()
      expect((await list()).stdout).to.match(/^users +\d+ {2}not noted /m)
      await model('up')
      expect((await list()).stdout).to.not.contain('not noted')
    })

    for (const { where, words, variables, said } of [
      {
        where: 'where there is no warehouse, and makes none',
        words: [],
        variables: { LOCAL_WAREHOUSE: join(commands.folder, 'none') },
        said: 'There is no warehouse yet',
      },
      {
        where: 'where production is not configured',
        words: ['--env', 'production'],
        variables: {},
        said: 'REDSHIFT_HOST is not set',
      },
    ]) {
      it(`lists what is declared ${where}`, async () => {
        const { stdout, stderr } = await list(words, variables)
        expect(stderr).to.contain(said).and.contain('What follows is what is declared.')
        expect(linesOf(stdout)[0]).to.match(/^model +key +reads$/)
        expect(stdout).to.contain('time       start_time   songplays')
        const { warehouse, fault, nodes } = JSON.parse(
          (await list([...words, '--json'], variables)).stdout,
        ) as Manifest
        expect(warehouse).to.equal(null)
        expect(fault).to.contain(said)
        const { rows, builtAt, changed } = nodes.find(({ name }) => name === 'users')!
        expect({ rows, builtAt, changed }).to.deep.equal({
          rows: null,
          builtAt: null,
          changed: null,
        })
        expect(existsSync(join(commands.folder, 'none'))).to.equal(false)
      })
    }
  })

  describe('show', () => {
    it('prints the SQL that builds a model, and that a load refreshes it by', async () => {
      const { code, stdout } = await commands.sparkify(['model', 'show', 'time'])
      expect(code).to.equal(0)
      expect(stdout).to.match(
        /^-- time: one row per start_time of a songplay\n\n-- Built as a whole/,
      )
      expect(stdout).to.contain('\ndelete from time;\ninsert into time (start_time, hour')
      expect(stdout).to.contain(
        'insert into affected_time select start_time, ts from affected_songplays;',
      )
    })

    it('--json has the statements as they are sent', async () => {
      const { stdout } = await commands.sparkify(['model', 'show', 'song*', '--json'])
      const { shown } = JSON.parse(stdout) as { shown: SentBy[] }
      expect(shown).to.deep.equal([
        await statementsOf(models.find(({ name }) => name === 'songs')!),
        await statementsOf(models.find(({ name }) => name === 'songplays')!),
      ])
    })

    it('ends with exit code 2 where no model is named', async () => {
      const { code, stderr } = await commands.sparkify(['model', 'show'])
      expect(code).to.equal(2)
      expect(stderr).to.equal(`Which model is to be shown? What there is: ${names.join(', ')}.\n`)
    })
  })
})
