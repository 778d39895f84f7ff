import { expect } from 'chai'
import type { Diagnosis } from '../../lib/doctor/finding'
import { putFile, putGoodFiles, song } from '../lib/doctor/files'
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

    const ran = await sparkify('run')
    expect(ran.code, ran.stderr).to.equal(3)
    expect(ran.stderr).to.match(/1\. year: Invalid digit[^]*"year": null/)

    const { code, stdout } = await sparkify('errors')
    expect(code).to.equal(0)
    expect(ran.stderr).to.include(stdout.trim())
  })

  it('prints one JSON document with --json', async () => {
    const { stdout } = await sparkify('errors', '--json')
    const { table, findings } = JSON.parse(stdout) as Diagnosis
    expect(table).to.equal('staging_songs')
    expect(findings[0]).to.include({ code: 1207, column: 'year', count: 1 })
  })

  it('does not know a load that there is not', async () => {
    const { code, stderr } = await sparkify('errors', '2001-01-01')
    expect(code).to.equal(2)
    expect(stderr).to.match(/There is no load 2001-01-01: a time that `sparkify loads` shows/)
  })
})
