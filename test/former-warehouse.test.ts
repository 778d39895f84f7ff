import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { Client } from 'pg'
import type { LoadDetails } from '../lib/load/load-details'
import { tables } from '../models/index'
import { engineUser } from '../redshift-local/engine/data-folder'
import { Commands } from './scripts/command'

// As it was written by the last version before the tree was laid out as it is. To take down another: its
// catalog/*.sql and their version, what PostgreSQL's log_statement=all shows of its migrations, all rows.
const former = readFileSync(join(__dirname, 'former-warehouse.sql'), 'utf8')

describe('a warehouse that a former version made', () => {
  const commands = new Commands()
  const tiny = {
    LOG_DATA: 's3://tiny/log_data',
    SONG_DATA: 's3://tiny/song_data',
    LOG_JSONPATH: 's3://tiny/log_json_path.json',
  }
  let contents: Record<string, string>

  async function sparkify(...words: string[]): Promise<string> {
    const { code, stdout, stderr } = await commands.sparkify(words, tiny)
    expect(code, stdout + stderr).to.equal(0)
    return stdout
  }

  before(async () => {
    const { socketFolder: host } = await commands.keepEngine()
    const engine = new Client({ host, port: 5432, user: engineUser, database: 'template1' })
    await engine.connect()
    await engine.query('drop database dev')
    await engine.query('create database dev')
    const database = await commands.connect()
    await database.query('set allow_system_table_mods = on')
    await database.query('begin isolation level read committed')
    await database.query(former)
    await database.query('commit')
    await database.end()
    contents = await commands.contents()
    // Its one role was the engine's superuser.
    await engine.query('drop role awsuser')
    await engine.query("update pg_authid set rolname = 'awsuser' where oid = 10")
    await engine.end()
  })

  after(() => commands.remove())

  /** Staging and star; not the ledger, to which the same files, written again, are others. */
  async function starOf(): Promise<Record<string, string>> {
    const contents = await commands.contents()
    return Object.fromEntries(tables.map(({ name }) => [name, contents[name]!]))
  }

  it('opens with all that it held', async () => {
    const rows = await sparkify('sql', 'select count(*) from songplays', '--json')
    expect(rows).to.contain('44')
    expect(await sparkify('loads')).to.contain('2026-11-28')
    expect(await commands.contents()).to.deep.equal(contents)
    const [design] = await commands.rows(
      'select diststyle, sortkey1 from svv_table_info where "table" = \'songplays\'',
    )
    expect(design).to.deep.equal({ diststyle: 'KEY(start_time)', sortkey1: 'start_time' })
  })

  it('gives its tables to the role that clients are, which is no longer the superuser', async () => {
    expect(
      await commands.rows("select distinct tableowner from pg_tables where schemaname = 'public'"),
    ).to.deep.equal([{ tableowner: 'awsuser' }])
    expect(
      await commands.rows(
        "select rolname from pg_roles where rolsuper or rolname = 'awsuser' order by 1",
      ),
    ).to.deep.equal([{ rolname: 'awsuser' }, { rolname: 'rdsdb' }])
    expect(
      await commands.rows("select rolsuper from pg_roles where rolname = 'awsuser'"),
    ).to.deep.equal([{ rolsuper: false }])
  })

  it('holds by its audits', async () => {
    await sparkify('audit')
  })

  it('keeps no rows of audits before a run has brought its tables up to date', async () => {
    const { code, stderr } = await commands.sparkify(['audit', '--store'], tiny)
    expect(code).to.equal(2)
    expect(stderr).to.contain('There is no table audit_rows yet')
    const load = JSON.parse(await sparkify('loads', '2026', '--json')) as LoadDetails
    expect([load.warnings, load.load.warnings]).to.deep.equal([null, null])
  })

  it('is loaded further, and taken back', async () => {
    const out = join(commands.buckets, 'tiny')
    await sparkify('generate', '--events=60', '--songs=12', '--days=2', `--out=${out}`)
    const former = await starOf()
    await sparkify('plan')
    await sparkify('run')
    expect(await starOf()).to.deep.equal(former)
    expect(await sparkify('audit', '--store')).to.contain('0 rows kept in audit_rows')
    await sparkify('loads', '--prune')
    await sparkify('undo')
    await sparkify('audit')
  })
})
