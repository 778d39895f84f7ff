import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { ageText, freshness, spanText, staleText } from '../../../lib/load/freshness'
import { stageEvents } from '../../models/staged'
import { useCommands } from '../../scripts/command'
import { rowsOf, useWarehouse } from '../../warehouse'

const hour = 3_600_000
const event = Date.parse('2018-11-30T12:00:00Z')

describe('freshness', () => {
  describe('of a warehouse', () => {
    const warehouse = useWarehouse()

    before(async () => {
      process.env.FRESHNESS = 'on' // until the warehouse puts its variables back
      const { knex } = warehouse
      await stageEvents(knex, [{ ts: event }, { ts: event - hour }])
      for (const [table, at, state] of [
        ['staging_events', '2018-11-30 13:00:00.7', 'loaded'],
        ['staging_events', '2018-12-30 13:00:00', 'quarantined'],
        ['staging_songs', '2018-11-02 00:00:00', 'loaded'],
      ])
        await knex.raw(
          `insert into load_files (url, etag, size, table_name, loaded_at, state)
          values ('s3://a/b', 'e', 1, ?, ?, ?)`,
          [table!, at!, state!],
        )
    })

    const statesAfter = async (hours: number) => {
      const { ages } = await freshness(warehouse.knex, { now: event + hours * hour })
      return ages.map(({ source, of, state }) => `${source} ${of} ${state}`)
    }

    const cases = [
      [1, 'fresh', 'fresh', 'fresh'],
      [36, 'fresh', 'fresh', 'fresh'],
      [36.5, 'warn', 'fresh', 'fresh'],
      [72.5, 'error', 'warn', 'warn'],
      [24 * 90, 'error', 'error', 'error'],
    ] as const
    for (const [hours, ofEvent, ofFile, ofSongs] of cases) {
      it(`is told ${hours} hours after the latest event, by the limits that each source declares`, async () => {
        expect(await statesAfter(hours)).to.deep.equal([
          `staging_events event ${ofEvent}`,
          `staging_events file ${ofFile}`,
          `staging_songs file ${ofSongs}`,
        ])
      })
    }

    it('says times in UTC and ages in seconds, and leaves files in quarantine out', async () => {
      const { asOf, ages } = await freshness(warehouse.knex, { now: event + 2 * hour })
      expect(asOf).to.equal('2018-11-30 14:00:00')
      expect(ages[0]).to.deep.include({ latest: '2018-11-30 12:00:00', ageSeconds: 7200 })
      expect(ages[1]).to.deep.include({ latest: '2018-11-30 13:00:00', ageSeconds: 3600 })
    })

    it('warns in words of what is too old, and of nothing else', async () => {
      const at = (hours: number) => staleText(warehouse.knex, { now: event + hours * hour })
      expect(await at(1)).to.deep.equal([])
      expect(await at(48)).to.deep.equal([
        'staging_events: the latest event happened 2 days ago (2018-11-30 12:00:00 UTC), and at most 36 hours is expected.',
        'staging_events: the latest file was loaded 47 hours ago (2018-11-30 13:00:00 UTC), and at most 36 hours is expected.',
      ])
    })

    it('takes an event that is not there for too old, and does not warn of it before a first load', async () => {
      const { knex } = warehouse
      await rowsOf(knex, 'delete from staging_events')
      const { ages } = await freshness(knex, { now: event })
      expect(ages[0]).to.deep.include({ latest: null, ageSeconds: null, state: 'error' })
      expect(await staleText(knex, { now: event })).to.deep.equal([])
    })
  })

  it('is said in the largest unit that a time fills twice', () => {
    for (const [seconds, words] of [
      [0, '0 seconds'],
      [1, '1 second'],
      [119, '119 seconds'],
      [120, '2 minutes'],
      [7199, '119 minutes'],
      [36 * 3600, '36 hours'],
      [86_400 * 400, '400 days'],
      [86_400 * 365 * 8, '8 years'],
    ] as const)
      expect(spanText(seconds)).to.equal(words)
    expect(ageText(-7200)).to.equal('2 hours ahead')
  })

  describe('as a command', () => {
    const commands = useCommands()
    const on = { FRESHNESS: 'on' }

    before(() => commands.keepEngine())

    it('says that nothing is there yet, and ends with 3 where the limits hold', async () => {
      const { code, stdout, stderr } = await commands.sparkify(['freshness'], on)
      expect(code).to.equal(3)
      expect(stdout).to.include('none yet')
      expect(stderr).to.include('staging_events: there is no event yet.')
    })

    it('of old events ends with 3, and is told by run, plan and report as a warning; where the limits are off, only told', async () => {
      const out = `--out=${commands.buckets}/sparkify`
      await commands.sparkify(['generate', '--events=60', '--songs=12', '--days=2', out])
      const run = await commands.sparkify(['run'])
      expect(run.code, run.stderr).to.equal(0)
      expect(run.stdout).to.not.include('Warning')
      const told = await commands.sparkify(['freshness'])
      expect(told.code).to.equal(0)
      expect(told.stdout).to.include('FRESHNESS is off')

      const held = await commands.sparkify(['freshness', '--json'], on)
      expect(held.code).to.equal(3)
      const { ages } = JSON.parse(held.stdout) as { ages: { of: string; state: string }[] }
      expect(ages.map(({ of, state }) => `${of} ${state}`)).to.deep.equal([
        'event error',
        'file fresh',
        'file fresh',
      ])
      const report = `${commands.folder}/report.html`
      const words = 'staging_events: the latest event happened'
      const again = await commands.sparkify(['run'], { ...on, REPORT: report })
      expect(again.code, again.stderr).to.equal(0)
      expect(again.stdout).to.include(`Warning: ${words}`)
      expect((await commands.sparkify(['plan'], on)).stdout).to.include(words)
      expect(readFileSync(report, 'utf8')).to.include(`<strong>Warning:</strong> ${words}`)
    })
  })
})
