import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect } from 'chai'
import type { Knex } from 'knex'
import { writeSampleData } from '../../lib/sample-data/write'
import { projectFolder, useCommands } from '../scripts/command'

const files = readdirSync(join(projectFolder, 'migrations')).sort()
const creation = /^\d+_create_(\w+)\.ts$/
const tables = files.flatMap((file) => creation.exec(file)?.[1] ?? [])

type Batch = [number: number, files: string[]]

describe('knex', () => {
  const commands = useCommands()
  const tablesNow = async () => Object.keys(await commands.contents()).sort()
  const told = async (...words: string[]) => {
    const { code, stdout, stderr } = await commands.knex(words)
    expect(code, stderr).to.equal(0)
    return stdout
  }
  /** The number of the batch, and the names of the files that were run. */
  const migrate = async (work: (migrator: Knex.Migrator) => Promise<unknown>) => {
    const [batch, run] = (await commands.withKnex(({ migrate }) => work(migrate))) as Batch
    return [batch, run.map((file) => basename(file))]
  }

  before(async () => {
    await commands.keepEngine()
    const out = join(commands.buckets, 'sparkify')
    await writeSampleData({ events: 500, songs: 40, days: 3, seed: 2018, out })
  })

  it('migrate:status tells of a virgin database that all is to be done', async () => {
    const said = await told('migrate:status')
    expect(said).to.contain('No Completed Migration files Found.').and.contain(files.join('\n'))
  })

  it('migrate:up and migrate:down go one migration forth and back', async () => {
    expect(await told('migrate:up')).to.contain(files[0])
    expect(await tablesNow()).to.deep.equal([tables[0]])
    expect(await told('migrate:down')).to.contain(files[0])
    expect(await tablesNow()).to.deep.equal([])
  })

  it('migrate:rollback takes the latest batch back, and with --all leaves no table of ours', async () => {
    await migrate((migrator) => migrator.up())
    const [first, ...others] = files
    expect(await migrate((migrator) => migrator.latest())).to.deep.equal([2, others])
    expect(await tablesNow()).to.deep.equal(tables.toSorted())
    expect(await migrate((migrator) => migrator.rollback())).to.deep.equal([2, others.toReversed()])
    expect(await tablesNow()).to.deep.equal([tables[0]])
    await migrate((migrator) => migrator.latest())
    const all = await migrate((migrator) => migrator.rollback(undefined, true))
    expect(all[1]).to.deep.equal([...others.toReversed(), first])
    expect(await tablesNow()).to.deep.equal([])
  })

  it('migrate:latest and seed:run rebuild what run built, and migrate:status has nothing pending', async () => {
    const run = await commands.sparkify(['run'])
    expect(run.code, run.stderr).to.equal(0)
    const built = await commands.contents()
    await commands.withKnex(async (knex) => {
      await knex.migrate.rollback(undefined, true)
      await knex.migrate.latest()
      await knex.seed.run()
    })
    expect(await commands.contents()).to.deep.equal(built)
    expect(await told('migrate:status')).to.contain('No Pending Migration files Found.')
  })
})
