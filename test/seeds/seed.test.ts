import { join } from 'node:path'
import { expect } from 'chai'
import { writeSampleData } from '../../lib/sample-data/write'
import { useCommands } from '../scripts/command'

describe('knex seed:run', () => {
  const commands = useCommands()
  const sample = {
    ...{ events: 500, songs: 40, days: 3, seed: 2018 },
    out: join(commands.buckets, 'sparkify'),
  }
  let seeded: Record<string, unknown>

  before(async () => {
    await commands.keepEngine()
    await writeSampleData(sample)
    await commands.withKnex((knex) => knex.migrate.latest())
    const { code, stdout, stderr } = await commands.knex(['seed:run'])
    expect(code, stderr).to.equal(0)
    expect(stdout).to.contain('Ran 3 seed files')
    seeded = await commands.contents()
  })

  it('stages all files and builds the star', () => {
    expect(seeded).to.have.property('staging_events').that.matches(/^500 /)
    expect(seeded).to.have.property('staging_songs').that.matches(/^40 /)
    for (const table of ['songplays', 'users', 'songs', 'artists', 'time']) {
      expect(seeded)
        .to.have.property(table)
        .that.matches(/^[1-9]/)
    }
  })

  it('adds nothing when it runs again', async () => {
    await commands.withKnex((knex) => knex.seed.run())
    expect(await commands.contents()).to.deep.equal(seeded)
  })

  it('leaves everything as before where one seed fails, those before it included', async () => {
    await writeSampleData({ ...sample, seed: 7, force: true })
    commands.put('sparkify/song_data/Z/bad.json', '{"song_id": "SOBAD", "year": "last"}')
    const { code, stderr } = await commands.knex(['seed:run'])
    expect(code).to.equal(1)
    expect(stderr).to.contain("Load into table 'staging_songs' failed.")
    expect(await commands.contents()).to.deep.equal(seeded)
    const errors = await commands.rows('select colname::text, err_code from stl_load_errors')
    expect(errors.map(({ colname, err_code }) => [String(colname).trim(), err_code])).to.deep.equal(
      [['year', 1207]],
    )
  })

  it('--specific is refused: the seeds are one load', async () => {
    const { code, stderr } = await commands.knex(['seed:run', '--specific=01_staging_events.ts'])
    expect(code).to.equal(1)
    expect(stderr).to.contain('01_staging_events.ts, 02_staging_songs.ts, 03_star.ts are one load')
    expect(await commands.contents()).to.deep.equal(seeded)
  })
})
