import type { Knex } from 'knex'
import { copyStatement, type Source, type StoredFile } from '../../sources/source'
import { countRows } from '../warehouse/connect'
import { counted } from '../warehouse/counts'
import { DataRefused } from '../warehouse/errors'
import { steps } from '../warehouse/steps'
import { exactTime } from '../warehouse/times'
import type { FileDiff } from './file-diff'
import { replaceEntries } from './file-entries'
import { ofLoad, recountLoads } from './ledger'
import { toleranceOf } from './load'
import { copyFrom } from './manifest'
import { captureReplaced, openReplaced, replacedTable } from './replaced'

/** A load some of whose files changed: its files, by what became of them. */
interface ChangedLoad {
  load: string
  /** Bad rows that its COPY was to skip. */
  maxErrors: number
  changed: StoredFile[]
  unchanged: StoredFile[]
  /** They changed too, and do not load as they are now. */
  quarantined: StoredFile[]
  /** They are not below the source's prefix. */
  gone: StoredFile[]
}

/**
 * Takes the former rows of changed files out of staging and the ledger, and keeps them for undo. A staged
 * row knows its load and not its file, so the rows of the files that did not change are told by another
 * COPY of these; they keep their load.
 * @returns the changed files whose former rows went; those of a load with a quarantined file stay
 * @throws DataRefused where a file of such a load, which did not change, no longer exists or gives other rows
 */
export async function replaceFiles(
  knex: Knex,
  source: Source,
  diff: FileDiff,
): Promise<StoredFile[]> {
  if (diff.changed.length === 0) return []
  const loads = (await changedLoads(knex, source, diff)).filter(canBeReplaced)
  if (loads.length > 0) await openReplaced(knex, source.table)
  let rows = 0
  for (const each of loads) {
    refuseGone(each)
    rows += await replaceRows(knex, source, each)
  }
  const replaced = new Map(loads.flatMap(({ changed }) => changed.map((file) => [file.url, file])))
  await replaceEntries(knex, source.table, [...replaced.values()])
  await recountLoads(
    knex,
    loads.map(({ load }) => load),
  )
  if (loads.length > 0) {
    const [files, former] = [counted(replaced.size, 'changed file'), counted(rows, 'former row')]
    steps.emit(
      'notice',
      `${source.table}: ${files} in place of ${former}, which \`sparkify undo\` puts back`,
    )
  }
  return diff.changed.filter(({ url }) => replaced.has(url))
}

interface Entry extends StoredFile {
  load: string
  max_errors: number | null
}

const entries = `
  select url, etag, size, max_errors,
    ${exactTime('load_files.loaded_at')} as load
  from load_files
  left join loads on loads.loaded_at = load_files.loaded_at
  where table_name = ? and load_files.state = 'loaded'
  order by load_files.loaded_at, url`

const mostErrors = 99_999 // that Redshift can be told to skip

async function changedLoads(
  knex: Knex,
  { table, from }: Source,
  diff: FileDiff,
): Promise<ChangedLoad[]> {
  const { rows } = await knex.raw<{ rows: Entry[] }>(entries, [table])
  const urlsOf = (files: { url: string }[]) => new Set(files.map(({ url }) => url))
  const [changed, quarantined] = [urlsOf(diff.changed), urlsOf(diff.quarantined)]
  const missing = new Set(diff.missing)
  const loads = new Map<string, ChangedLoad>()
  for (const { load, max_errors: maxErrors, ...file } of rows) {
    if (!loads.has(load)) {
      const files = { changed: [], unchanged: [], quarantined: [], gone: [] }
      loads.set(load, { load, maxErrors: maxErrors ?? mostErrors, ...files })
    }
    const became = changed.has(file.url)
      ? 'changed'
      : quarantined.has(file.url)
        ? 'quarantined'
        : missing.has(file.url) || !file.url.startsWith(from)
          ? 'gone'
          : 'unchanged'
    loads.get(load)![became].push(file)
  }
  return [...loads.values()].filter((each) => each.changed.length > 0)
}

// Whose rows are whose cannot be told where two files of a load are no longer what they were.
function canBeReplaced({ changed, quarantined: [bad] }: ChangedLoad): boolean {
  if (!bad) return true
  for (const { url } of changed) {
    steps.emit(
      'notice',
      `${url} has changed: its former rows stay until ${bad.url}, of the same load, loads as well`,
    )
  }
  return false
}

function refuseGone({ gone }: ChangedLoad): void {
  if (gone.length === 0) return
  throw new DataRefused(
    `A changed file is told from the others of its load by these, and ${gone[0]!.url} no longer exists ` +
      `(${counted(gone.length, 'such file')}): put them back, or leave out --reload.`,
    {
      findings: gone.map(({ url }) => ({
        what: 'no longer exists',
        file: url,
        remedy: 'Put it back, or leave out --reload.',
      })),
    },
  )
}

/** @returns how many rows went */
async function replaceRows(
  knex: Knex,
  source: Source,
  { load, maxErrors, changed, unchanged }: ChangedLoad,
): Promise<number> {
  const { table, columns } = source
  const aside = `${table}_unchanged`
  const names = columns.join(', ')
  await knex.raw(`create temp table ${aside} (like ${table} including defaults)`)
  if (unchanged.length > 0) {
    const manifest = `${table}_of_${load.replaceAll(/\D/g, '')}`
    const from = await copyFrom(knex, source, unchanged, { areAll: false, table: manifest })
    await knex.raw(copyStatement(knex, { ...source, table: aside }, from, toleranceOf(maxErrors)))
  }
  // Equal rows are told apart by their number: as many of them go as changed files brought.
  const numbered = `select ${names}, row_number() over (partition by ${names} order by loaded_at) as nth`
  const { rowCount: replaced } = await knex.raw<{ rowCount: number }>(
    `insert into ${replacedTable(table)} (${names}, loaded_at, replaced_by)
    select ${names}, timestamp '${load}', sysdate
    from (
      ${numbered} from ${table} where ${ofLoad(load)}
      except
      ${numbered} from ${aside}
    ) as former`,
  )
  const staying = (await countRows(knex, `${table} where ${ofLoad(load)}`)) - replaced
  if ((await countRows(knex, aside)) !== staying) {
    throw new DataRefused(
      `${counted(unchanged.length, 'file')} of the load of ${load} did not change, such as ${unchanged[0]!.url}, ` +
        `and give other rows for ${table} than they did. Has the JSONPaths file changed, or the table? ` +
        'The same rows are expected: the former ones of ' +
        `${changed[0]!.url} are told by them. Put back what changed, or undo that load and run again.`,
    )
  }
  await knex.raw(`delete from ${table} where ${ofLoad(load)}`)
  await knex.raw(
    `insert into ${table} (${names}, loaded_at) select ${names}, timestamp '${load}' from ${aside}`,
  )
  await knex.raw(`drop table ${aside}`)
  const former = `replaced_by = sysdate and ${ofLoad(load)}`
  await captureReplaced(knex, source, former)
  return replaced
}
