import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { projectFolder, useCommands } from '../scripts/command'

const files = readdirSync(join(projectFolder, 'migrations')).sort()
const tables = files.map((file) => file.replace(/^\d+_create_(\w+)\.ts$/, '$1'))

describe('knex', () => {
  const commands = useCommands()
  const tablesNow = async () => Object.keys(await commands.contents()).sort()
  const knex = async (...words: string[]) => {
    const { code, stdout, stderr } = await commands.knex(words)
    expect(code, stderr).to.equal(0)
    return stdout
  }

  before(async () => {
    await commands.keepEngine()
    const sample = ['--events', '500', '--songs', '40', '--days', '3']
    await commands.sparkify(['generate', ...sample, '--out', join(commands.buckets, 'sparkify')])
  })

  it('migrate:status tells of a virgin database that all is to be done', async () => {
    const said = await knex('migrate:status')
    expect(said).to.contain('No Completed Migration files Found.').and.contain(files.join('\n'))
  })

  it('migrate:up and migrate:down go one migration forth and back', async () => {
    expect(await knex('migrate:up')).to.contain(files[0])
    expect(await tablesNow()).to.deep.equal([tables[0]])
    expect(await knex('migrate:down')).to.contain(files[0])
    expect(await tablesNow()).to.deep.equal([])
  })

  it('migrate:rollback takes the latest batch back, and with --all leaves no table of ours', async () => {
    await knex('migrate:up')
    expect(await knex('migrate:latest')).to.contain(`Batch 2 run: ${files.length - 1} migrations`)
    expect(await tablesNow()).to.deep.equal(tables.toSorted())
    await knex('migrate:rollback')
    expect(await tablesNow()).to.deep.equal([tables[0]])
    await knex('migrate:latest')
    await knex('migrate:rollback', '--all')
    expect(await tablesNow()).to.deep.equal([])
  })

  it('migrate:latest and seed:run rebuild what run built, and migrate:status has nothing pending', async () => {
    const run = await commands.sparkify(['run'])
    expect(run.code, run.stderr).to.equal(0)
    const built = await commands.contents()
    await knex('migrate:rollback', '--all')
    await knex('migrate:latest')
    await knex('seed:run')
    expect(await commands.contents()).to.deep.equal(built)
    expect(await knex('migrate:status')).to.contain('No Pending Migration files Found.')
  })
})
