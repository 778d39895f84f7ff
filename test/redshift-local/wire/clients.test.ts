import { expect } from 'chai'
import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process'
import knex, { type Knex } from 'knex'
import { Pool } from 'pg'
import { served } from './local-redshift'

describe('clients', () => {
  const redshift = served()

  describe('pg', () => {
    it('runs statements with and without parameters', async () => {
      const client = await redshift.client()
      await client.query('create table heard (song varchar(20), n bigint, at timestamp)')
      const insert = 'insert into heard values ($1, $2, $3)'
      const at = new Date('2018-11-15T00:30:26.796Z')
      expect((await client.query(insert, ['Déjà "vu"', 1, at.toISOString()])).rowCount).to.equal(1)
      expect((await client.query(insert, [null, null, null])).rowCount).to.equal(1)
      const { rows } = await client.query(
        "select song, n, to_char(at, 'HH24:MI:SS.MS') as at from heard order by n",
      )
      expect(rows).to.deep.equal([
        { song: 'Déjà "vu"', n: '1', at: '00:30:26.796' },
        { song: null, n: null, at: null },
      ])
    })

    it('keeps a statement that it named', async () => {
      const client = await redshift.client()
      for (const value of [1, 2]) {
        const { rows } = await client.query({ name: 'twice', text: 'select 2 * $1::int as n', values: [value] }) // prettier-ignore
        expect(rows).to.deep.equal([{ n: 2 * value }])
      }
    })

    it('takes several statements, their results, and their notices', async () => {
      const client = await redshift.client()
      const notices: (string | undefined)[] = []
      client.on('notice', ({ message }) => notices.push(message))
      const results = (await client.query(
        'drop table if exists nothing; select 1 as a; select 2 as b',
      )) as unknown as { rows: unknown[] }[]
      expect(results.map(({ rows }) => rows)).to.deep.equal([[], [{ a: 1 }], [{ b: 2 }]])
      expect(notices).to.have.length(1)
    })

    it('goes on after an error, with the same connection', async () => {
      const { host, port, user, database } = redshift.server
      const pool = new Pool({ host, port, user, database, max: 1 })
      for (const values of [undefined, [1]]) {
        const sql = values ? 'select x where 1 = $1' : 'select x'
        const error = await pool.query(sql, values).catch((reason: unknown) => reason)
        expect(error).to.include({ code: '42703', severity: 'ERROR', position: '8' })
        expect((await pool.query('select 1 as a')).rows).to.deep.equal([{ a: 1 }])
      }
      await pool.end()
    })
  })

  describe('Knex', () => {
    let database: Knex

    before(() => {
      const { host, port, user, database: name } = redshift.server
      database = knex({ client: 'redshift', connection: { host, port, user, database: name } })
    })

    after(() => database.destroy())

    const migration = (name: string) => ({
      up: (on: Knex) => on.raw(`create table ${name} (id int identity(0,1), a varchar(9) sortkey)`),
      down: (on: Knex) => on.schema.dropTable(name),
    })
    const migrationSource = {
      getMigrations: () => Promise.resolve(['first', 'second']),
      getMigrationName: (name: string) => name,
      getMigration: (name: string) => Promise.resolve(migration(name)),
    }

    it('migrates up, and all the way down', async () => {
      await database.migrate.latest({ migrationSource })
      expect(await database('knex_migrations').pluck('name')).to.deep.equal(['first', 'second'])
      expect(await database.schema.hasTable('second')).to.equal(true)
      await database.migrate.rollback({ migrationSource }, true)
      expect(await database.schema.hasTable('second')).to.equal(false)
      expect(await database('knex_migrations_lock').pluck('is_locked')).to.deep.equal([0])
    })

    it('undoes a transaction that fails', async () => {
      await database.raw('create table numbers (n int not null)')
      const work = database.transaction(async (transaction) => {
        await transaction('numbers').insert([{ n: 1 }, { n: 2 }])
        await transaction('numbers').insert({ n: null })
      })
      const error = await work.catch((reason: unknown) => reason)
      expect(error).to.include({ code: '23502' })
      expect(await database('numbers').count({ n: '*' })).to.deep.equal([{ n: '0' }])
    })

    it('gives rows', async () => {
      await database('numbers').insert([{ n: 1 }, { n: 2 }, { n: 3 }])
      const rows = await database('numbers').select('n').orderBy('n')
      expect(rows).to.deep.equal([{ n: 1 }, { n: 2 }, { n: 3 }])
    })
  })

  describe('psql', () => {
    before(function () {
      if (spawnSync('psql', ['--version']).error) this.skip()
    })

    const environment = () => ({ ...process.env, PGCONNECT_TIMEOUT: '20', PSQLRC: '/dev/null' })
    const address = () => ['-h', '127.0.0.1', '-p', `${redshift.port}`, '-U', 'me', '-d', 'dev']

    function psql(
      ...words: string[]
    ): Promise<Pick<SpawnSyncReturns<string>, 'stdout' | 'stderr' | 'status'>> {
      const child = spawn('psql', [...address(), '-X', '-A', '-t', ...words], {
        env: environment(),
      })
      let [stdout, stderr] = ['', '']
      child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
      child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
      return new Promise((resolve) =>
        child.once('close', (status) => resolve({ stdout, stderr, status })),
      )
    }

    it('runs a statement', async () => {
      expect(await psql('-c', "select 1, 'é'")).to.deep.equal({
        stdout: '1|é\n',
        stderr: '',
        status: 0,
      })
    })

    for (const mode of ['disable', 'require', 'verify-ca', 'verify-full']) {
      it(`connects with sslmode=${mode}`, async () => {
        const first = await redshift.client({ ssl: { rejectUnauthorized: false } }) // which has the certificate made
        await first.end()
        const tls = `sslmode=${mode} sslrootcert=${redshift.server.certificate}`
        const { stdout, stderr } = await psql('-d', `host=localhost dbname=dev ${tls}`, '-c', 'select 1') // prettier-ignore
        expect({ stdout, stderr }).to.deep.equal({ stdout: '1\n', stderr: '' })
      })
    }

    it('runs several statements in one transaction', async () => {
      const { stdout, stderr, status } = await psql(
        '-c',
        'create table t (n int); select 1; select x',
      )
      expect({ stdout, status }).to.deep.equal({ stdout: 'CREATE TABLE\n1\n', status: 1 })
      expect(stderr).to.equal(
        'ERROR:  column "x" does not exist\n' +
          'LINE 1: create table t (n int); select 1; select x\n' +
          `${' '.repeat('LINE 1: create table t (n int); select 1; select '.length)}^\n`,
      )
      expect((await psql('-c', 'select * from t')).stderr).to.include('relation "t" does not exist')
    })

    it('shows what COPY says', async () => {
      redshift.put('bucket/t', '{"n": 1} {"n": 2}')
      const copy = "copy u from 's3://bucket/t' iam_role default json 'auto'"
      expect(await psql('-c', 'create table u (n int)', '-c', copy, '-c', 'select sum(n) from u'))
      .to.deep.equal({
        stdout: 'CREATE TABLE\nCOPY\n3\n',
        stderr: "INFO:  Load into table 'u' completed, 2 record(s) loaded successfully.\n",
        status: 0,
      }) // prettier-ignore
    })

    it('prepares statements, and gives rows by and by', async () => {
      const told = await psql('-v', 'FETCH_COUNT=1', '-c', 'select n from u order by n')
      expect(told).to.deep.equal({ stdout: '1\n2\n', stderr: '', status: 0 })
    })

    it('is told when the server stops', async () => {
      const engine = await redshift.engine()
      await engine.query('begin; lock table u in access exclusive mode')
      const told = psql('-c', 'select * from u')
      await redshift.until("select 1 from pg_stat_activity where wait_event_type = 'Lock'")
      await redshift.server.close()
      expect((await told).stderr).to.include('FATAL:  The local Redshift is being stopped.')
      await redshift.start()
    })
  })
})
