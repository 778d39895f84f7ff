import { join } from 'node:path'
import { expect } from 'chai'
import { writeSampleData } from '../../lib/sample-data/write'
import { type Variables, useCommands } from './command'

describe('sparkify compact', () => {
  const commands = useCommands()
  const compact = (words: string[], settings: Variables = {}) =>
    commands.sparkify(['compact', ...words], settings)

  before(async () => {
    await commands.keepEngine()
    const out = join(commands.buckets, 'sparkify')
    await writeSampleData({ events: 200, songs: 40, days: 3, seed: 1, out })
  })

  it('--dry-run lists what it would write, before there is a ledger', async () => {
    const { code, stdout } = await compact(['--dry-run'])
    expect(code).to.equal(0)
    expect(stdout).to.match(/^staging_songs +40 +1 /m)
    expect(stdout).to.match(
      /^To be written:\n {2}\d files: s3:\/\/sparkify\/log_data\/\S+ … s3:\/\/sparkify\/log_data\/\S+\n {2}40 files: /m,
    )
  })

  it('writes them, says so, and has nothing to do the second time', async () => {
    const { code, stdout, stderr } = await compact([])
    expect(code).to.equal(0)
    expect(stdout).to.match(/^source +originals +parts +MB in +MB out +seconds$/m)
    expect(stdout).to.match(/^staging_songs +40 +1 +0\.0 +0\.0 +\d+\.\d$/m)
    expect(stderr).to.contain('staging_songs: part 1 of 1 written: 40 files')
    const { sources } = JSON.parse((await compact(['--json'])).stdout) as {
      sources: Record<string, unknown>[]
    }
    expect(sources.map(({ source, originals, parts }) => [source, originals, parts])).to.deep.equal(
      [
        ['staging_events', 0, 0],
        ['staging_songs', 0, 0],
      ],
    )
  })

  it('exits with 2 where WORK_DATA is not set, or an option makes no sense', async () => {
    const unset = await compact(['--env', 'production'], {
      LOG_DATA: 's3://bucket/log_data',
      LOG_JSONPATH: 's3://bucket/paths.json',
      SONG_DATA: 's3://bucket/song_data',
      WORK_DATA: '',
      REDSHIFT_HOST: 'nowhere.invalid',
      REDSHIFT_DATABASE: 'dev',
      REDSHIFT_USER: 'u',
      REDSHIFT_PASSWORD: 'p',
    })
    expect(unset.stderr).to.contain('WORK_DATA is not set: compacted files need the s3:// URL')
    expect(unset.code).to.equal(2)
    const { code, stderr } = await compact(['--slices', '1.5', '--part-size', '-1'])
    expect(code).to.equal(2)
    expect(stderr).to.contain('--slices is 1.5').and.to.contain('--part-size is -1')
  })
})
