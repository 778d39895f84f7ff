import { expect } from 'chai'
import type { Server } from 'node:http'
import type { Client, DatabaseError } from 'pg'
import { endlessBucket } from './endless-bucket'
import { served } from './local-redshift'

const from = (path: string, options = '') =>
  `copy plays from 's3://bucket/${path}' iam_role default format json 'auto' ${options}`

const completed = (rows: number) =>
  `Load into table 'plays' completed, ${rows} record(s) loaded successfully.`
const failed = "Load into table 'plays' failed.  Check 'stl_load_errors' system table for details."

const oddTypes = {
  ...{ i2: 'int2', i4: 'int4', i8: 'int8', d37: 'decimal(38,37)', d0: 'decimal(38,0)' },
  ...{ f4: 'real', f8: 'float8', b: 'bool', c: 'char(3)', v: 'varchar(3)' },
  ...{ d: 'date', ts: 'timestamp', tz: 'timestamptz', tm: 'time' },
}
const oddNumbers = [
  ...[
    '-9223372036854775808',
    '-9223372036854775809',
    '9e18',
    '1e999',
    '-0',
    '1e-999',
    '0.5',
    '1e15',
  ],
  ...['3.4028235e38', '3.4028236e38', '1.7976931348623157e308', '5e-324', '1e-46', '1e-45'],
  ...['-210866803200', '-210866803201', '9224318015999', '9224318016000'],
]
const oddTexts = [
  ...['4713-01-01 BC', '4714-11-24 BC', '4714-11-23 00:00:00 BC', '0000-01-01', '294276-12-31'],
  ...['294277-01-01', '5874898-01-01', 'J0', 'J2147483493', 'J99999999999', '2018-11-30 24:00:00'],
  ...['9999-12-31 23:59:59.9999999', '0001-01-01 00:00:00+14', '294276-12-31 23:59:59-08'],
  ...['4713-01-01 00:00:00+15 BC', '2018-06-30 23:59:60', '23:59:59.9999999', 'infinity', '-inf'],
  ...[
    'nan',
    'now',
    'epoch',
    'today',
    '\u00a0',
    '\u2028',
    '\t',
    '\\N',
    '\\.',
    ' 1 ',
    '\u0661',
    '1_000',
  ],
  ...['0x10', '0b1', '1e400', '9'.repeat(400), `-${'9'.repeat(38)}`, '\ufeff1', '1\v', '1\0'],
]

describe('COPY', () => {
  const redshift = served()
  let client: Client
  let notices: string[]

  before(() => {
    redshift.put('bucket/good', '{"song": "a", "n": 1} {"song": "b", "n": 2}')
    redshift.put('bucket/bad', '{"song": "a", "n": 1} {"song": "b", "n": "x"} {"n": "y"}')
  })

  beforeEach(async () => {
    client = await redshift.client()
    notices = []
    client.on('notice', ({ severity, message }) => notices.push(`${severity} ${message}`))
    await client.query('drop table if exists plays; create table plays (song varchar(10), n int)')
    notices.length = 0
  })

  async function count(table = 'plays'): Promise<number> {
    const { rows } = await client.query<{ count: string }>(`select count(*) from ${table}`)
    return Number(rows[0]!.count)
  }

  async function refusal(sql: string): Promise<DatabaseError> {
    return client.query(sql).then(
      () => expect.fail(`not refused: ${sql}`),
      (error: unknown) => error as DatabaseError,
    )
  }

  it('loads, says how much, and remembers it', async () => {
    const result = await client.query(from('good'))
    expect(result.command).to.equal('COPY')
    expect(notices).to.deep.equal([`INFO ${completed(2)}`])
    expect(await count()).to.equal(2)
    const { rows } = await client.query<{ count: number; id: number }>(
      'select pg_last_copy_count() as count, pg_last_copy_id() as id',
    )
    expect(Number(rows[0]!.count)).to.equal(2)
    expect(Number(rows[0]!.id)).to.be.greaterThan(0)
    const other = await redshift.client()
    const elsewhere = await other.query('select pg_last_copy_id() as id')
    expect(Number((elsewhere.rows as { id: string }[])[0]!.id)).to.equal(-1)
  })

  it('loads into a table that the transaction has made, and ROLLBACK undoes both', async () => {
    await client.query('begin')
    await client.query('create table fresh (song varchar(10), n int)')
    await client.query(from('good').replace('plays', 'fresh'))
    expect(await count('fresh')).to.equal(2)
    await client.query('rollback')
    expect((await refusal('select * from fresh')).code).to.equal('42P01')
  })

  it('stands in one transaction with what comes in the same message', async () => {
    const error = await refusal(`insert into plays values ('x', 0); ${from('good')}; select y`)
    expect(error.code).to.equal('42703')
    expect(await count()).to.equal(0)
  })

  it('refuses a bad row, keeps none, and keeps the reason', async () => {
    await client.query('begin')
    await client.query("insert into plays values ('x', 0)")
    const error = await refusal(from('bad'))
    expect(error).to.include({ code: 'XX000', message: failed, routine: 'CheckMaxRowError' })
    expect((await refusal('select 1')).code).to.equal('25P02')
    await client.query('rollback')
    expect(await count()).to.equal(0)
    const { rows } = await client.query(
      'select trim(colname) as colname, err_code from stl_load_errors order by starttime desc limit 1',
    )
    expect(rows).to.deep.equal([{ colname: 'n', err_code: 1207 }])
  })

  it('skips fewer bad rows than MAXERROR, and says so', async () => {
    await client.query(from('bad', 'maxerror 3'))
    expect(notices).to.deep.equal([
      `INFO ${completed(1)}`,
      "INFO Load into table 'plays' completed, 2 record(s) could not be loaded.  Check 'stl_load_errors' system table for details.",
    ])
    expect(await count()).to.equal(1)
    expect((await refusal(from('bad', 'maxerror 2'))).message).to.equal(failed)
    const { rows } = await client.query('select pg_last_copy_count() as count')
    expect(Number((rows as { count: string }[])[0]!.count)).to.equal(0)
  })

  // The engine's refusal of a value would fail the whole COPY.
  for (const options of ['', "timeformat 'auto' dateformat 'auto'", "timeformat 'epochsecs'"])
    it(`fails for no value where all errors are ignored ${options}`, async () => {
      const members = [...oddNumbers, ...oddTexts.map((text) => JSON.stringify(text))]
      const types = Object.entries(oddTypes)
      const records = types.flatMap(([name]) => members.map((value) => `{"${name}": ${value}}`))
      redshift.put('bucket/odd', records.join('\n'))
      const columns = types.map(([name, type]) => `${name} ${type}`)
      await client.query(`drop table if exists odd; create table odd (${columns.join(', ')})`)
      await client.query(
        `copy odd from 's3://bucket/odd' iam_role default json 'auto' ignoreallerrors ${options}`,
      )
      const { rows } = await client.query('select i8 from odd where i8 < -9000000000000000000')
      expect(rows).to.deep.include({ i8: '-9223372036854775808' })
    })

  const refusals: [what: string, sql: string, code: string, message: RegExp][] = [
    [
      'a missing table',
      from('good').replace('plays', 'missing'),
      '42P01',
      /^Cannot COPY into nonexistent table missing$/,
    ],
    ['a missing file', from('missing'), 'XX000', /./],
    ['a missing column', from('good').replace('plays', 'plays (wrong)'), '42703', /wrong/],
    ['an option that is none', from('good', 'quickly'), '42601', /quickly/],
  ]

  for (const [what, sql, code, message] of refusals) {
    it(`refuses ${what}, and the session goes on`, async () => {
      const error = await refusal(sql)
      expect(error.code).to.equal(code)
      expect(error.message).to.match(message)
      await client.query(from('good'))
      expect(await count()).to.equal(2)
    })
  }

  it('is refused in a failed transaction', async () => {
    await client.query('begin')
    await refusal('select x')
    expect((await refusal(from('good'))).code).to.equal('25P02')
    await client.query('rollback')
    expect(await count()).to.equal(0)
  })

  it('tells what the engine refuses', async () => {
    await client.query('create view seen as select song, n from plays')
    const error = await refusal(from('good').replace('plays', 'seen'))
    expect(error.code).to.match(/^(42809|55000)$/)
    await client.query('drop view seen')
    const engine = await redshift.engine()
    await engine.query('alter table plays add constraint small check (n < 2)')
    expect((await refusal(from('good'))).code).to.equal('22001')
    await client.query('begin')
    expect((await refusal(from('good'))).code).to.equal('22001')
    await client.query('rollback')
  })

  it('goes on in more sessions than the log has connections, while one holds the table', async () => {
    const owner = await redshift.client()
    await owner.query('begin; lock plays')
    const waiting = await Promise.all([1, 2, 3, 4].map(() => redshift.client()))
    const loads = waiting.map((one) => one.query(from('good')))
    await redshift.until(
      "select 1 from pg_stat_activity where query like 'copy%' and wait_event_type = 'Lock' having count(*) = 4",
    )
    await owner.query(from('good'))
    await owner.query('commit')
    await Promise.all(loads)
    expect(await count()).to.equal(10)
  })

  describe('under way', () => {
    let bucket: Server

    before(async () => {
      bucket = await endlessBucket()
    })

    after(() => {
      bucket.closeAllConnections()
      bucket.close()
    })

    const keys = "access_key_id 'x' secret_access_key 'y' region 'us-west-2' format json 'auto'"
    const endless = `copy plays from 's3://far/endless' ${keys}`
    const silent = `copy plays from 's3://far/silent' ${keys}`

    const feeding = (pid: number) =>
      `select 1 from pg_stat_activity where pid = ${pid} and query like 'copy%' and wait_event = 'ClientRead'`

    it('stops when it is cancelled, and nothing is loaded', async () => {
      const { processID } = client as unknown as { processID: number }
      const load = refusal(endless)
      await redshift.until(feeding(processID))
      const other = await redshift.client()
      await other.query(`cancel ${processID}`)
      const error = await load
      expect(error).to.include({
        code: '57014',
        message: `Query (${processID}) cancelled on user's request`,
      })
      expect(await count()).to.equal(0)
      await client.query(from('good'))
    })

    it('tells how far it is, and that it was ended', async () => {
      const raw = await redshift.raw()
      const told = raw.query(endless)
      const toldOf = `from sys_load_history where session_id = ${raw.pid}`
      await redshift.until(
        `select 1 ${toldOf} and status = 'running' and loaded_rows > 0 and loaded_bytes > 0`,
      )
      await redshift.cancel(raw)
      await told
      const { rows } = await client.query(`select status, loaded_rows ${toldOf}`)
      expect(rows).to.deep.equal([{ status: 'aborted', loaded_rows: '0' }])
    })

    it('stops when its client asks for it', async () => {
      const raw = await redshift.raw()
      const told = raw.query(silent)
      await redshift.until(feeding(raw.pid))
      await redshift.cancel(raw)
      expect(await told).to.deep.equal([
        `E ERROR 57014 Query (${raw.pid}) cancelled on user's request`,
        'Z I',
      ])
      expect(await raw.query('select count(*) from plays')).to.include('D 0')
    })

    it('stops when its client is killed: nothing is loaded, no session of the engine left', async () => {
      const raw = await redshift.raw()
      await raw.query('begin')
      void raw.query(silent).catch(() => {})
      await redshift.until(feeding(raw.pid))
      raw.socket.destroy()
      await redshift.untilGone(raw.pid)
      expect(await count()).to.equal(0)
    })
  })
})
