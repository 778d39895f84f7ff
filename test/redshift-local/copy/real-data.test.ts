import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect } from 'chai'
import { copy } from './copying'
import { realColumns } from './real-columns'

const shared = resolve(__dirname, '../../../../shared')

const { events, songs } = realColumns({
  text: 'character varying(256)',
  registration: 'bigint',
  ts: 'timestamp without time zone',
  user_id: 'character varying(256)',
  year: 'smallint',
})

describe('The real data', () => {
  before(function () {
    if (!existsSync(`${shared}/real-data`)) this.skip()
  })

  it('gives its 8,056 events through its JSONPaths file', async () => {
    const { lines, files, rejected } = await copy(
      shared,
      `'s3://real-data/log_data' iam_role default region 'us-west-2'
        format json 's3://real-data/log_json_path.json' timeformat 'epochmillisecs'`,
      events,
    )
    expect([lines.length, files.length, rejected]).to.deep.equal([8056, 30, 0])
    const rows = lines.map((line) => line.split('\t'))
    expect(rows.every((row) => row.length === 18 && row[15]!.endsWith('.796000'))).to.equal(true)
    expect(rows.filter((row) => row[10] === 'NextSong')).to.have.length(6820)
    expect(rows.filter((row) => row[17] === '')).to.have.length(286)
    expect(rows.filter((row) => row[11] === '\\N')).to.have.length(286)
    expect(rows.map((row) => row[15]).sort()[0]).to.equal('2018-11-01 20:57:10.796000')
    expect(files.reduce((sum, { lines }) => sum + lines, 0)).to.equal(8056)
  })

  it('gives its 71 songs', async () => {
    const sql = `'s3://real-data/song_data' iam_role default json 'auto'`
    const { lines, files } = await copy(shared, sql, songs)
    expect([lines.length, files.length]).to.deep.equal([71, 71])
    const rows = lines.map((line) => line.split('\t'))
    expect(rows.filter((row) => row[2] === '\\N')).to.have.length(40)
    expect(rows.filter((row) => row[4] === '')).to.have.length(28)
    expect(rows.filter((row) => row[9] === '0')).to.have.length(43)
  })
})
