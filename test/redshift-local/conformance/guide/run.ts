import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from 'pg'
import type { Served } from '../../wire/local-redshift'
import { Asker } from '../asking'
import { guidePages, type GuideStatement, markOf } from './statements'
import { tickit, tickitTables } from './tickit'
import { hasOwnRows, type Judgement, judge, namesReadBy, type PageSoFar } from './verdict'

export interface Judged extends GuideStatement, Judgement {
  mark: string
}

/** Runs the pages of the guide, each on TICKIT as it is at first, in a session of its own. */
export async function runGuide(local: Served, pages = guidePages()): Promise<Judged[]> {
  for (const statements of pages.values())
    for (const { sql } of statements)
      for (const [, bucket] of sql.matchAll(/s3:\/\/([\w.-]+)/g))
        mkdirSync(join(local.buckets, bucket!), { recursive: true })
  const engine = await local.engine()
  const maker = await connect(local)
  const judged: Judged[] = []
  let state = ''
  for (const statements of pages.values()) {
    const now = await stateOf(engine)
    if (now !== state || state === '') {
      await clean(engine)
      for (const sql of tickit) await maker.mustDo(sql)
      state = await stateOf(engine)
    }
    judged.push(...(await runPage(local, statements)))
  }
  await maker.end()
  return judged
}

async function connect(local: Served): Promise<Asker> {
  const { host, port, user, database } = local.server
  return Asker.connect({ host, port, user, database, query_timeout: 30_000 })
}

async function runPage(local: Served, statements: GuideStatement[]): Promise<Judged[]> {
  const session = await connect(local)
  for (const name of tickitTables)
    if (
      statements.some(({ sql }) =>
        new RegExp(`^\\s*create table (public\\.)?${name}\\b`, 'i').test(sql),
      )
    )
      await session.mustDo(`drop table ${name} cascade`)
  const page: PageSoFar = { missing: new Set(), ownRows: new Set(tickitTables) }
  const judged: Judged[] = []
  for (const statement of statements) {
    const answer = await session.ask(statement.sql)
    const judgement = judge(statement, answer, page)
    judged.push({ ...statement, ...judgement, mark: markOf(statement) })
    note(statement.sql, answer.error !== undefined, page)
  }
  await session.end()
  return judged
}

/** Notes what a statement means for those after it. */
function note(sql: string, failed: boolean, page: PageSoFar): void {
  const made = nameMadeBy(sql)
  const target = made ?? nameWrittenBy(sql)
  if (target === undefined) return
  if (made !== undefined && failed) page.missing.add(made)
  else page.missing.delete(target)
  const isFilled = made === undefined || /\bas\b|\bfor\b|\(\s*select/i.test(sql)
  const isOurs = namesReadBy(sql).some((name) => name !== target && hasOwnRows(name, page))
  if (failed || !isFilled || isOurs || /^\s*copy\b/i.test(sql)) page.ownRows.add(target)
  else if (made !== undefined || /^\s*insert\b/i.test(sql)) page.ownRows.delete(target)
}

const kindOfObject =
  'table|view|function|procedure|schema|user|group|role|model|datashare|database|library|policy'
const making = new RegExp(
  `^\\s*(?:create\\b.*?\\b(?:${kindOfObject})\\s+(?:if\\s+not\\s+exists\\s+)?|declare\\s+|prepare\\s+)([\\w$#."]+)`,
  'is',
)

function nameMadeBy(sql: string): string | undefined {
  return making.exec(sql)?.[1]?.replaceAll('"', '').toLowerCase().split('.').at(-1)
}

function nameWrittenBy(sql: string): string | undefined {
  const written =
    /^\s*(?:insert\s+into|update|delete\s+from|merge\s+into|copy)\s+([\w$#."]+)/i.exec(sql)
  return written?.[1]?.replaceAll('"', '').toLowerCase().split('.').at(-1)
}

/** Changes whenever a table, a schema, a row of TICKIT or a role does. */
async function stateOf(engine: Client): Promise<string> {
  const rows = tickitTables.map((name) => `(select sum(hashtext(t::text)) from public.${name} t)`)
  const { rows: found } = await engine
    .query<{ state: string }>(
      `select concat_ws(' ', ${rows.join()},
        (select sum(xmin::text::bigint) || ' ' || count(*) from pg_class),
        (select sum(xmin::text::bigint) || ' ' || count(*) from pg_proc),
        (select string_agg(oid::text, ',' order by oid) from pg_namespace where nspname not like 'pg\\_%'),
        (select string_agg(rolname, ',' order by rolname) from pg_authid)) as state`,
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
  end $do$`)
}
