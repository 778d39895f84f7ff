import { expect } from 'chai'
import { models } from '../../models/index'
import { useCommands } from './command'

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
    expect(outcome.stderr).to.contain('"up", "down"')
  })
})
