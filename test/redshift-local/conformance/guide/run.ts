import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from 'pg'
import type { Served } from '../../wire/local-redshift'
import { Asker } from '../asking'
import { GuideFiles } from './files'
import { nameMadeBy, Page } from './page'
import { guidePages, type GuideStatement, markOf } from './statements'
import { ownTables, samples, tickitTables } from './tickit'
import { type Judgement, judge } from './verdict'

export interface Judged extends GuideStatement, Judgement {
  mark: string
}

/** Tables that several pages read and one makes: the name, and that page. */
const borrowed = { winsales: 'c_Window_functions' }

/** Runs the pages of the guide, each on TICKIT as it is at first, in a session of its own. */
export async function runGuide(local: Served, chosen?: RegExp): Promise<Judged[]> {
  const pages = guidePages()
  for (const bucket of bucketsIn(pages)) mkdirSync(join(local.buckets, bucket), { recursive: true })
  const lent = Object.entries(borrowed).flatMap(([name, page]) =>
    (pages.get(page) ?? []).filter(({ sql }) => sql.toLowerCase().includes(`${name}`)),
  )
  const start = [...samples, ...lent.map(({ sql }) => sql)]
  const engine = await local.engine()
  const files = new GuideFiles(local.buckets, engine)
  const maker = await connect(local)
  const judged: Judged[] = []
  let state = ''
  for (const [name, statements] of pages) {
    if (chosen && !chosen.test(name)) continue
    if (state === '' || (await stateOf(engine)) !== state) {
      await clean(engine)
      for (const sql of start) await maker.mustDo(sql)
      state = await stateOf(engine)
    }
    judged.push(...(await runPage(local, statements, files)))
  }
  await maker.end()
  return judged
}

function* bucketsIn(pages: Map<string, GuideStatement[]>): Iterable<string> {
  for (const { sql } of [...pages.values()].flat())
    for (const [, bucket] of sql.matchAll(/s3:\/\/([\w.-]+)/g)) yield bucket!
}

async function connect(local: Served): Promise<Asker> {
  const { host, port, user, database } = local.server
  return Asker.connect({ host, port, user, database, query_timeout: 30_000 })
}

async function runPage(
  local: Served,
  statements: GuideStatement[],
  files: GuideFiles,
): Promise<Judged[]> {
  const session = await connect(local)
  const made = new Set(statements.map(({ sql }) => nameMadeBy(sql)))
  for (const name of [...tickitTables, ...Object.keys(borrowed)])
    if (made.has(name)) await session.mustDo(`drop table ${name} cascade`)
  const page = new Page(ownTables.filter((name) => !made.has(name)))
  const judged: Judged[] = []
  for (const statement of statements) {
    // The guide's account has a digit too many.
    const sql = statement.sql.replaceAll('0123456789012', '012345678901')
    const loadsOurs = await files.prepare(sql)
    if (loadsOurs) await session.mustDo('begin')
    const answer = await session.ask(sql)
    if (loadsOurs) await session.mustDo('rollback')
    // The guide's superuser is called otherwise.
    if (answer.error && /^set session authorization/i.test(sql))
      await session.mustDo('set session authorization default')
    judged.push({ ...statement, ...judge(statement, answer, page), mark: markOf(statement) })
    page.note(statement.sql, answer.error !== undefined)
  }
  await session.end()
  return judged
}

/** Changes whenever a table, a schema, a row of TICKIT or a role does. */
async function stateOf(engine: Client): Promise<string> {
  const rows = tickitTables.map((name) => `(select sum(hashtext(t::text)) from public.${name} t)`)
  const { rows: found } = await engine
    .query<{ state: string }>(
      `select concat_ws(' ', ${rows.join()},
        (select sum(xmin::text::bigint) || ' ' || count(*) from pg_catalog.pg_class),
        (select sum(xmin::text::bigint) || ' ' || count(*) from pg_catalog.pg_proc),
        (select string_agg(oid::text, ',' order by oid) from pg_catalog.pg_namespace
          where nspname not like 'pg\\_%'),
        (select sum(hashtext(d::text)) from pg_catalog.pg_default_acl as d),
        (select string_agg(rolname, ',' order by rolname) from pg_catalog.pg_authid)) as state`,
    )
    .catch(() => ({ rows: [{ state: '' }] }))
  return found[0]!.state
}

/** Drops all that pages have made, and TICKIT. */
async function clean(engine: Client): Promise<void> {
  await engine.query(`do $do$ declare it record; begin
    for it in select nspname from pg_namespace
      where nspname !~ '^(pg_|information_schema$|redshift_catalog$|public$)' loop
      execute format('drop schema %I cascade', it.nspname);
    end loop;
    for it in select relname, case relkind when 'v' then 'view' else 'table' end as what
      from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v') loop
      execute format('drop %s if exists public.%I cascade', it.what, it.relname);
    end loop;
    for it in select d.defaclrole::regrole as owner, 'in schema ' || d.defaclnamespace::regnamespace as place,
        case d.defaclobjtype when 'r' then 'tables' else 'functions' end as what,
        case a.grantee when 0 then 'public' else a.grantee::regrole::text end as grantee, d.defaclnamespace
      from pg_default_acl as d, aclexplode(d.defaclacl) as a where a.grantee <> d.defaclrole loop
      execute format('alter default privileges for role %s %s revoke all on %s from %s',
        it.owner, case it.defaclnamespace when 0 then '' else it.place end, it.what, it.grantee);
    end loop;
    for it in select rolname from pg_roles
      where not rolsuper and rolname !~ '^(pg_|role sys:|awsuser$)' loop
      execute format('drop owned by %I; drop role %I', it.rolname, it.rolname);
    end loop;
  end $do$`)
}
