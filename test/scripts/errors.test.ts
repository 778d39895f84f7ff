import { expect } from 'chai'
import type { Diagnosis } from '../../lib/doctor/finding'
import type { Load } from '../../lib/load/ledger'
import { event, putFile, putGoodFiles, song } from '../lib/doctor/files'
import { useWarehouse } from '../warehouse'
import { useCommands } from './command'

describe('sparkify errors', () => {
  const warehouse = useWarehouse()
  const commands = useCommands()
  // On the warehouse of this process.
  const where = () => ({
    LOCAL_WAREHOUSE: process.env.LOCAL_WAREHOUSE!,
    LOCAL_BUCKETS: warehouse.buckets,
  })
  const sparkify = (...words: string[]) => commands.sparkify(words, where())

  it('says so where there are none', async () => {
    const outcome = await sparkify('errors', '999999')
    expect(outcome).to.deep.include({ code: 0, stdout: 'There are no errors of COPY.\n' })
  })

  it('shows after a load what `run` and `seed:run` say themselves when it fails', async () => {
    putGoodFiles(warehouse.buckets)
    putFile(warehouse.buckets, 'song_data/A/bad.json', song({ year: 'unknown' }))
    const seeded = await commands.knex(['seed:run'], where())
    expect(seeded.code).to.equal(1)
    expect(seeded.stderr).to.match(/1\. year: Invalid digit[^]*bad.json, line 1/)

    const ran = await sparkify('run', '--json')
    expect(ran.code, ran.stderr).to.equal(3)
    const { error } = JSON.parse(ran.stdout) as { error: { findings: { remedy: string }[] } }
    const { remedy, ...finding } = error.findings[0]!
    expect(error).to.deep.include({ kind: 'data', exitCode: 3 })
    expect(error.findings).to.have.length(1)
    expect(finding).to.deep.equal({
      what: "Invalid digit, Value 'u', Pos 0, Type: Integer",
      count: 1,
      file: 's3://sparkify/song_data/A/bad.json',
      line: 1,
      table: 'staging_songs',
      column: 'year',
      value: 'unknown',
      code: 1207,
    })
    expect(remedy).to.contain('"year": null')
    expect(ran.stderr).to.match(/1\. year: Invalid digit[^]*"year": null/)

    const { code, stdout } = await sparkify('errors')
    expect(code).to.equal(0)
    expect(ran.stderr).to.include(stdout.trim())
  })

  it('prints one JSON document with --json', async () => {
    const { stdout } = await sparkify('errors', '--json')
    const { diagnoses } = JSON.parse(stdout) as { diagnoses: Diagnosis[] }
    const [{ table, findings } = { findings: [] }] = diagnoses
    expect(table).to.equal('staging_songs')
    expect(findings[0]).to.include({ code: 1207, column: 'year', count: 1 })
  })

  it('shows both COPYs of a load that rejected rows, each under its table, and `loads` counts them', async () => {
    putGoodFiles(warehouse.buckets)
    putFile(
      warehouse.buckets,
      'log_data/2018/11/bad.json',
      `${event({ itemInSession: 'many' })}\n${event({ ts: null })}`,
    )
    putFile(warehouse.buckets, 'song_data/A/bad.json', song({ year: 'unknown' }))
    const ran = await sparkify('run', '--max-errors', '5')
    expect(ran.code, ran.stderr).to.equal(0)

    const { stdout } = await sparkify('errors')
    const [events, songs, ...more] = stdout.split(/^(?=COPY into )/m)
    expect(more).to.deep.equal([])
    expect(events)
      .to.match(/^COPY into staging_events, query \d+, /)
      .and.match(/item_in_session: Invalid digit[^]*ts: Missing data for not-null field/)
      .and.not.contain('year')
    expect(songs)
      .to.match(/^COPY into staging_songs, query \d+, /)
      .and.contain('year: Invalid digit')

    const { loads } = JSON.parse((await sparkify('loads', '--json')).stdout) as { loads: Load[] }
    expect(loads[0]).to.include({ staged: 2, rejected: 3, max_errors: 5 })
    expect((await sparkify('loads')).stdout).to.match(/^load .* staged +rejected +changed$/m)

    const ofLoad = (await sparkify('errors', loads[0]!.loaded_at)).stdout
    expect(ofLoad.match(/^COPY into \w+/gm)).to.deep.equal([
      'COPY into staging_events',
      'COPY into staging_songs',
    ])
    expect(ofLoad)
      .to.contain('The files have 3 records, and staging_events took 1 row of them\n')
      .and.contain('The files have 2 records, and staging_songs took 1 row of them\n')
  })

  it('does not know a load that there is not', async () => {
    const { code, stderr } = await sparkify('errors', '2001-01-01')
    expect(code).to.equal(2)
    expect(stderr).to.match(/There is no load 2001-01-01: a time that `sparkify loads` shows/)
  })
})
