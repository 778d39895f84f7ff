import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Knex } from 'knex'
import { models } from '../../models/index'
import type { Model } from '../../models/model'
import { stagingTables } from '../../sources/index'
import {
  DataRefused,
  describe,
  isConflict,
  isOfStatement,
  isServerError,
  UsageError,
} from '../warehouse/errors'
import { projectFolder } from '../warehouse/settings'

/**
 * Holds the columns that models declare against their tables.
 * @param schema stands before public on the search path, where it has a table
 * @throws UsageError that names every column without one, and the migration that would make it
 */
export async function refuseMissingColumns(knex: Knex, schema = 'public'): Promise<void> {
  const { rows } = await knex.raw<{ rows: Record<'schema' | 'table' | 'column', string>[] }>(
    `select schemaname as "schema", tablename as "table", "column"
    from pg_table_def where schemaname in ('public', ?)`,
    [schema],
  )
  const faults = models.flatMap((model) => {
    const of = (place: string) =>
      rows.filter((row) => row.schema === place && row.table === model.name)
    const live = of(schema).length > 0 ? of(schema) : of('public')
    return faultsOf(
      model,
      live.map(({ column }) => column),
    )
  })
  if (faults.length > 0) throw new UsageError(faults.join('\n'))
}

function faultsOf({ name, columns }: Model, live: string[]): string[] {
  const missing = (what: string, migration: string, statement: string) =>
    `${fileOf(name)}: there is no ${what}: add a migration with "${statement}" (\`npx knex migrate:make ` +
    `${migration}\`), or apply the one that is there (\`npx knex migrate:latest\`).`
  if (live.length === 0) {
    return [missing(`table ${name}`, `create_${name}`, `create table ${name} (…)`)]
  }
  return Object.entries(columns)
    .filter(([column]) => !live.includes(column))
    .map(([column, [type]]) =>
      missing(
        `column ${column} in the table ${name}`,
        `add_${column}_to_${name}`,
        `alter table ${name} add column ${column} ${type}`,
      ),
    )
}

/** Has the server look at the query of a model, and not run it. @throws UsageError with file and line */
export async function explainModel(knex: Knex, model: Model): Promise<void> {
  await inModel(knex, model, () => knex.raw(`explain ${model.insertStatement()}`))
}

/**
 * Does work that sends statements of a model.
 * @throws UsageError with the model's file, and the line where the server names a place, for a statement
 * that it refuses; DataRefused for one that fails on the rows
 */
export async function inModel<T>(
  knex: Knex,
  { name }: Pick<Model, 'name'>,
  work: () => Promise<T>,
): Promise<T> {
  let statement = ''
  const note = (_: unknown, { sql }: { sql: string }) => (statement = sql)
  knex.on('query-error', note)
  try {
    return await work()
  } catch (error) {
    throw refusalOf(error, name, statement) ?? error
  } finally {
    knex.removeListener('query-error', note)
  }
}

const refusedRows = ['22', '23', 'XX']

function refusalOf(error: unknown, name: string, statement: string): Error | undefined {
  if (!isServerError(error) || isConflict(error)) return undefined
  const { position } = error as { position?: string }
  const said = describe(error).replace(`${statement} - `, '') // as Knex begins it
  const start = position === undefined ? startOfName(said, statement) : Number(position) - 1
  const { file, line } = placeOf(name, statement, start)
  const place = line === undefined ? file : `${file}:${line}`
  if (isOfStatement(error)) return new UsageError(`${place}: ${said}`, { cause: error })
  if (refusedRows.includes(error.code.slice(0, 2))) {
    const findings = [{ what: said, file, line, table: name }]
    return new DataRefused(`${place}: ${said}`, { cause: error, findings })
  }
  return undefined
}

// Not every refusal has a place: then the name that it is about has one.
function startOfName(said: string, statement: string): number | undefined {
  const name = /"([^"]+)"/.exec(said)?.[1]
  const at = name === undefined ? -1 : statement.indexOf(name)
  return at < 0 ? undefined : Array.from(statement.slice(0, at)).length
}

const folder = join(projectFolder, 'models')

function fileOf(name: string): string {
  const isStaged = stagingTables.some((table) => table.name === name)
  return join(isStaged ? 'sources' : 'models', `${name}.ts`)
}

/** The file of a model, or of a helper of its query, and the line; the model's file where none is found. */
function placeOf(
  name: string,
  statement: string,
  start: number | undefined,
): { file: string; line?: number } {
  if (start === undefined) return { file: fileOf(name) }
  const lines = statement.split('\n').map((line) => line.trim())
  const before = Array.from(statement).slice(0, start) // counted in characters
  const at = before.join('').split('\n').length - 1
  let best: { likeness: number; file: string; line?: number } = { likeness: 0, file: fileOf(name) }
  for (const file of readdirSync(folder).filter((file) => file.endsWith('.ts'))) {
    const source = readFileSync(join(folder, file), 'utf8').split('\n').map(literalsOf)
    for (const line of source.keys()) {
      const likeness = likenessOf(source, line, lines, at) + (file === `${name}.ts` ? 0.5 : 0)
      if (likeness >= 1 && likeness > best.likeness)
        best = { likeness, file: join('models', file), line: line + 1 }
    }
  }
  return best
}

/** What a line of a template gives around its \${…}. */
function literalsOf(line: string): string[] {
  const text = line.replace(/^.*=>\s*`/, '').replace(/`[,;)]*$/, '')
  return text.trim().split(/\s*\$\{[^}]*\}\s*/)
}

/** How many lines in a row, with this one, may have given those of the statement; 0 where this one did not. */
function likenessOf(source: string[][], line: number, statement: string[], at: number): number {
  const isLike = (offset: number) => gives(source[line + offset], statement[at + offset])
  let [first, last] = [0, 0]
  if (!isLike(0)) return 0
  while (isLike(first - 1)) first--
  while (isLike(last + 1)) last++
  return last - first + 1
}

function gives(literals: string[] | undefined, text: string | undefined): boolean {
  if (literals === undefined || text === undefined || literals.join('').length < 2) return false
  let from = 0
  for (const literal of literals) {
    const found = text.indexOf(literal, from)
    if (found < 0) return false
    from = found + literal.length
  }
  return text.startsWith(literals[0]!) && text.endsWith(literals.at(-1)!)
}
