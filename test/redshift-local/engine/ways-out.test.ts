import {
  chownSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { Client, type ClientConfig } from 'pg'
import {
  clientUser,
  installCatalog,
  prepareDatabase,
  serverSignIn,
} from '../../../redshift-local/catalog/install'
import { type Engine, openEngine } from '../../../redshift-local/engine/engine'
import { prepareWarehouse } from '../../prepared-warehouse'
import { type Way, waysOut } from './ways-out'

const words = 'what only its owner reads'

describe('a session of a client, at the engine itself', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ways-'))
  const cluster = join(folder, 'postgres')
  const targets = { secret: join(cluster, 'secret'), written: join(cluster, 'written'), pid: 0 }
  let engine: Engine
  let superuser: Client
  let untouched: string

  before(async () => {
    await prepareWarehouse(folder)
    engine = await openEngine(folder)
    await prepareDatabase(engine.socketFolder)
    writeFileSync(targets.secret, words, { mode: 0o600 })
    const { uid, gid } = statSync(cluster)
    chownSync(targets.secret, uid, gid)
    superuser = await connected(serverSignIn(engine.socketFolder))
    const { rows } = await superuser.query<{ pid: number; secret: string }>(
      `select pg_backend_pid() as pid, pg_read_file('${targets.secret}') as secret`,
    )
    expect(rows[0]!.secret).to.equal(words)
    targets.pid = rows[0]!.pid
    untouched = await state()
  })

  after(async () => {
    await superuser.end()
    engine.release()
    rmSync(folder, { recursive: true, force: true, maxRetries: 20 })
  })

  async function connected(config: ClientConfig): Promise<Client> {
    const client = new Client(config)
    client.on('error', () => {})
    await client.connect()
    return client
  }

  const asClient = (startup: Way['startup'] = {}) =>
    connected({ ...serverSignIn(engine.socketFolder), options: '', user: clientUser, ...startup })

  /** What no client may change: settings, roles, databases, and who owns the catalog. */
  async function state(): Promise<string> {
    const { rows } = await superuser.query(`
      select
        (select md5(string_agg(s::text, ' ' order by name)) from pg_show_all_settings() as s) as settings,
        (select json_agg(s order by setdatabase, setrole) from pg_db_role_setting as s) as defaults,
        (select json_agg(r order by rolname) from pg_authid as r) as roles,
        (select json_agg(m) from pg_auth_members as m) as members,
        (select json_agg(datname order by 1) from pg_database) as databases,
        (select json_agg(extname order by 1) from pg_extension) as extensions,
        (select md5(string_agg(p::text, ' ' order by oid)) from pg_proc as p where proowner = 10) as code,
        (select md5(string_agg(a::text, ' ' order by attrelid, attnum)) from pg_attribute as a
          where attrelid < 16384) as columns`)
    return JSON.stringify(rows)
  }

  /** What is answered, as text. @throws what refuses it */
  async function goes({ sql, startup }: Way): Promise<string> {
    const client = await asClient(startup)
    let said = ''
    try {
      // Some are refused in a block for being there; what is made on the way is to go.
      if (sql.length > 1) await client.query('begin')
      for (const statement of sql) said += JSON.stringify((await client.query(statement)).rows)
      return said
    } finally {
      await client.end()
    }
  }

  it("does not run its code in the superuser's name, whatever it calls it", async () => {
    const client = await asClient()
    await client.query(`
      create table caught (who name);
      grant all on caught to public;
      create function public.note() returns boolean language plpgsql as
        $$ begin insert into public.caught values (current_user); return true; end $$;
      create schema trap;
      set search_path = trap, pg_temp, pg_catalog;
      create temp table pg_class as select *, public.note() as noted from pg_catalog.pg_class limit 0;
      create temp view pg_roles as select *, public.note() as noted from pg_catalog.pg_roles`)
    const pairs = [
      'oid, oid',
      'oid, regclass',
      'name, text',
      'name, name',
      '"char", "char"',
      'bool, bool',
      'oid, regtype',
      'smallint, integer',
      'text, text',
    ]
    for (const pair of pairs) {
      const named = `equal(${pair})`
      await client.query(`create function trap.${named} returns boolean language plpgsql as
        $$ begin return public.note(); end $$`)
      const [left, right] = pair.split(', ')
      await client.query(
        `create operator trap.= (leftarg = ${left}, rightarg = ${right}, function = trap.equal)`,
      )
    }
    await client.query("create table trap.bait as select 'x'::text as a")
    await client.query('create table trap.other (a int)')
    await client.query("select redshift_catalog.lengthen_texts('trap.bait'::regclass)")
    await client.query('select 1 where 1::smallint = 1')
    await client.query('drop table trap.other')
    await superuser.query('drop table trap.bait')
    await superuser.query("comment on schema redshift_catalog is 'older'")
    await installCatalog(superuser)
    const { rows } = await superuser.query('select distinct who from public.caught')
    expect(rows).to.deep.equal([{ who: clientUser }])
    await client.end()
    await superuser.query('drop schema trap cascade')
    await superuser.query('drop table public.caught')
    untouched = await state()
  })

  it('lengthens the texts of no table but its own', async () => {
    const client = await asClient()
    await client.query("select redshift_catalog.lengthen_texts('pg_authid'::regclass)")
    await client.query(
      "select redshift_catalog.lengthen_texts('redshift_catalog.load_history'::regclass)",
    )
    await client.end()
    expect(await state()).to.equal(untouched)
    const { rows } = await superuser.query(
      `select 1 from pg_attribute where attrelid = 'redshift_catalog.load_history'::regclass and atttypmod > 0`,
    )
    expect(rows).to.deep.equal([])
  })

  const byAim = Object.entries(waysOut(targets))

  it('is tried on more than a hundred ways', () => {
    expect(byAim.flatMap(([, ways]) => ways)).to.have.length.greaterThan(100)
  })

  for (const [aim, ways] of byAim) {
    ways.forEach(({ sql, startup }, i) => {
      const title = [startup?.options ?? startup?.replication ?? [], sql.at(-1)!].flat().join(': ')
      it(`does not reach ${aim}: ${title.replaceAll(folder, '…')}`, async () => {
        // The number of the superuser's session is known by now.
        const way = waysOut(targets)[aim]![i]!
        const outcome = await goes(way).catch((error: unknown) => error)
        if (way.says === undefined) expect(String(outcome)).not.to.contain(words)
        else expect(outcome).to.be.an('error').and.to.include({ code: way.says })
        expect(readFileSync(targets.secret, 'utf8')).to.equal(words)
        expect(existsSync(targets.written)).to.equal(false)
        expect(await state()).to.equal(untouched)
      })
    })
  }
})
