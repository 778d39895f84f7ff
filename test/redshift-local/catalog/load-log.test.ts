import { expect } from 'chai'
import { Pool } from 'pg'
import { serverSignIn } from '../../../redshift-local/catalog/install'
import { LoadLog } from '../../../redshift-local/catalog/load-log'
import { connect, rows, useDialect, values } from '../dialect/warehouse'

const facts = {
  user: 'awsuser',
  sessionId: 7,
  database: 'dev',
  tableId: 16400,
  table: 'staging',
  dataSource: "s3://bucket/it's",
  fileFormat: 'json',
}
const outcome = {
  failed: true,
  rejected: 1,
  rows: 0,
  bytes: 123,
  files: [{ name: 's3://bucket/a.json', bytes: 123, lines: 4 }],
  errors: [
    {
      filename: 's3://bucket/a.json',
      lineNumber: 4,
      colname: 'artist',
      type: 'varchar',
      colLength: '256',
      position: 0,
      rawLine: `NUL \0, half a pair \ud800, ${'é'.repeat(600)}`,
      rawFieldValue: 'x'.repeat(2000),
      errCode: 1204,
      errReason: 'String length exceeds DDL length',
    },
  ],
}

describe('the history of loads', () => {
  let pool: Pool
  let load: LoadLog

  after(() => pool.end()) // before the engine stops, which would end its connections
  useDialect()

  before(async () => {
    const { host } = await connect('dev')
    pool = new Pool(serverSignIn(host))
    const times = ['2018-11-01T10:00:00.5Z', '2018-11-01T10:00:02Z']
    load = await LoadLog.begin(pool, facts, () => new Date(times.shift()!))
    await load.end(outcome)
  })

  it('tells of a value that was refused, in columns padded with blanks', async () => {
    const sql = `select * from stl_load_errors where query = ${load.query}`
    const [error] = (await rows(sql)) as Record<string, unknown>[]
    expect(error).to.deep.include({
      tbl: 16400,
      session: 7,
      line_number: '4',
      type: 'varchar   ',
      position: 0,
      err_code: 1204,
      starttime: new Date('2018-11-01T10:00:00.5Z'),
    })
    expect(error!['colname']).to.have.length(127)
    expect((error!['raw_line'] as string).trimEnd()).to.have.length(522)
    expect(error!['raw_field_value']).to.have.length(1024)
  })

  it('tells of it by all names', async () => {
    const of = `= ${load.query}`
    expect(
      await values(`select trim(error_message) from sys_load_error_detail where query_id ${of}`),
    ).to.deep.equal(['String length exceeds DDL length'])
    expect(
      await rows(
        `select status, duration, error_count, source_file_count from sys_load_history where query_id ${of}`,
      ),
    ).to.deep.equal([
      { status: 'aborted', duration: '1500000', error_count: '1', source_file_count: 1 },
    ])
    expect(
      await values(`select lines_scanned from sys_load_detail where query_id ${of}`),
    ).to.deep.equal([4])
    expect(await values(`select query from stl_load_commits where query ${of}`)).to.deep.equal([])
    expect(
      await values(`select trim(colname) from stl_loaderror_detail where query ${of}`),
    ).to.deep.equal(['artist'])
  })

  it('tells whose it was, by the number of pg_user', async () => {
    const of = `= ${load.query}`
    for (const told of [
      `select userid from stl_load_errors where query ${of}`,
      `select userid from stl_loaderror_detail where query ${of}`,
      `select user_id from sys_load_error_detail where query_id ${of}`,
      `select user_id from sys_load_history where query_id ${of}`,
      `select user_id from sys_load_detail where query_id ${of}`,
    ]) {
      expect(await values(`select usename from pg_user where usesysid = (${told})`)).to.deep.equal([
        'awsuser',
      ])
    }
  })

  it('gives growing numbers', async () => {
    const next = await LoadLog.begin(pool, facts)
    expect(next.query).to.be.greaterThan(load.query)
  })
})
