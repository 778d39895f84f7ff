import type { Knex } from 'knex'
import type { Scaffold } from '../lib/scaffold/draft'
import type { Prepared } from '../lib/scaffold/write'
import { UsageError } from '../lib/warehouse/errors'
import type { Command, Output } from './cli/main'

const kinds = ['model', 'question', 'source', 'audit'] as const

interface Options {
  kind: (typeof kinds)[number]
  name: string
  query: string | undefined
  file: string | undefined
  key: string | undefined
  grain: string | undefined
  title: string | undefined
  model: string | undefined
  severity: 'error' | 'warn' | undefined
  sample: string | undefined
  columns: string | undefined
  data: string | undefined
  dryRun: boolean
}

const command: Command<Options> = {
  command: 'new <kind> <name>',
  describe: 'Write what a new model, question, source or audit needs',
  builder: (yargs) =>
    yargs
      .positional('kind', { choices: kinds, demandOption: true, describe: 'what is new' })
      .positional('name', {
        type: 'string',
        demandOption: true,
        describe: 'its name; of an audit what holds, in words',
      })
      .option('query', {
        type: 'string',
        describe: 'the query of its rows; of an audit, of those for which it does not hold',
      })
      .option('file', { type: 'string', describe: 'the file of that query; - is stdin' })
      .nargs('file', 1) // so that yargs hands over - as it stands
      .option('key', {
        type: 'string',
        describe: 'the columns by which a row is known, where GROUP BY does not say it',
      })
      .option('grain', { type: 'string', describe: '"one row per …", where the key is not enough' })
      .option('title', { type: 'string', describe: 'question: as it is asked' })
      .option('model', {
        type: 'string',
        describe: 'audit: of which, where its query reads several',
      })
      .option('severity', {
        choices: ['error', 'warn'] as const,
        describe: 'audit: refuse the load, or tell the user',
      })
      .option('sample', { type: 'string', describe: 'source: a file as those that are to come' })
      .option('columns', {
        type: 'string',
        describe: 'source: its columns, as CREATE TABLE has them',
      })
      .option('data', { type: 'string', describe: 'source: the s3:// URL of its folder' })
      .option('dry-run', {
        type: 'boolean',
        default: false,
        describe: 'print what would be written, and write nothing',
      })
      .epilogue('What is there is never replaced. Run it again after it was stopped: it goes on.')
      .example('$0 new model sessions --file sessions.sql', 'a table, from the query of its rows')
      .example(
        '$0 new question plays_by_level --query "select …"',
        'a question, from its query over the star',
      )
      .example('$0 new source concerts --sample day.json', 'staging, as a file shows its columns')
      .example(
        '$0 new audit "no play without a session" --query "select …"',
        'an audit of the model that the query reads',
      ),
  async handler(options) {
    const { kind, name, env, json, dryRun, output } = options
    refuseOptions(options)
    const { prepare, write } = await import('../lib/scaffold/write.ts')
    const { withWarehouse } = await import('./cli/warehouse.ts')
    const { drafts, columns, notes, next } = await withWarehouse(env, (knex) =>
      scaffold(knex, options),
    )
    const prepared = await prepare(drafts)
    if (!dryRun) write(prepared)
    if (!json) return print(prepared, { notes, next }, dryRun, output)
    const files = prepared.map(({ path, state, text }) => ({
      path,
      state,
      ...(dryRun && { text }),
    }))
    output.document({ kind, name, dryRun, files, columns, notes, next })
  },
}

const takesQuery = ['query', 'file'] as const

/** What each kind is made from, of which one is needed; and what else may be said of it. */
const takes: Record<Options['kind'], { one: readonly (keyof Options)[]; may: (keyof Options)[] }> =
  {
    model: { one: takesQuery, may: ['key', 'grain'] },
    question: { one: takesQuery, may: ['key', 'grain', 'title'] },
    source: { one: ['sample', 'columns'], may: ['grain', 'data'] },
    audit: { one: takesQuery, may: ['model', 'severity'] },
  }

function refuseOptions(options: Options): void {
  const { kind, key, grain } = options
  const { one, may } = takes[kind]
  const all = Object.values(takes).flatMap((each) => [...each.one, ...each.may])
  const given = [...new Set(all)].filter((option) => options[option] !== undefined)
  const made = one.filter((option) => options[option] !== undefined)
  const [first, second] = one.map((option) => `--${option}`)
  const what = kind === 'source' ? 'columns' : 'a query'
  const empty = given.filter((option) => String(options[option]).trim() === '')
  const faults = [
    ...given
      .filter((option) => !one.includes(option) && !may.includes(option))
      .map((option) => `--${option} is nothing that a new ${kind} takes.`),
    ...(made.length === 1
      ? []
      : [`A new ${kind} is made from ${what}: ${first} or ${second}, one of them.`]),
    ...empty.map((option) => `--${option} is empty.`),
    ...(key !== undefined && key.split(',').some((name) => !/^\s*\w+\s*$/.test(name)) && key.trim()
      ? [`--key is "${key}": names of columns are expected, with commas between them.`]
      : []),
    ...(grain !== undefined && !/^one row per [^\n]*[^\s.\n]$/.test(grain)
      ? [`--grain is "${grain}": "one row per …" is expected, in a line without a full stop.`]
      : []),
  ]
  if (faults.length === 0) return
  throw new UsageError([...faults, '`sparkify new --help` shows what there is.'].join('\n'))
}

async function scaffold(knex: Knex, options: Options): Promise<Scaffold> {
  const { kind, query, key } = options
  if (kind === 'source') {
    const { scaffoldSource } = await import('../lib/scaffold/source.ts')
    return scaffoldSource(knex, options)
  }
  const { readInput } = await import('./cli/input.ts')
  const { file = '--query' } = options
  const text = query ?? (await readInput('file', file))
  const wishes = { ...options, text, file: file === '-' ? 'stdin' : file }
  if (kind === 'audit') {
    const { scaffoldAudit } = await import('../lib/scaffold/audit.ts')
    return scaffoldAudit(knex, wishes)
  }
  const keyed = { ...wishes, key: key?.split(',').map((column) => column.trim()) ?? [] }
  if (kind === 'question') {
    const { scaffoldQuestion } = await import('../lib/scaffold/question.ts')
    return scaffoldQuestion(knex, keyed)
  }
  const { scaffoldModel } = await import('../lib/scaffold/model.ts')
  return scaffoldModel(knex, keyed)
}

async function print(
  prepared: Prepared[],
  { notes, next }: Pick<Scaffold, 'notes' | 'next'>,
  dryRun: boolean,
  output: Output,
): Promise<void> {
  const { formatTable } = await import('./cli/table.ts')
  if (dryRun) for (const file of prepared) output.printWhole(`${contentText(file)}\n`)
  const rows = prepared.map(({ path, state }) => ({ file: path, state: said(state, dryRun) }))
  output.print(formatTable(['file', 'state'], rows, output))
  if (notes.length > 0) output.print(['', ...notes].join('\n'))
  if (!dryRun)
    output.print(
      ['', output.paint('heading', 'Next:'), ...next.map((line) => `  ${line}`)].join('\n'),
    )
}

function said(state: Prepared['state'], isDry: boolean): string {
  if (state === 'unchanged') return 'there already'
  const done = state === 'new' ? 'written' : 'changed'
  return isDry ? `to be ${done}` : done
}

/** A new file whole; of one that is there the lines that go and come. */
function contentText({ path, state, text, former = '' }: Prepared): string {
  const title = `── ${path}`
  if (state === 'unchanged') return `${title} is there already`
  if (state === 'new') return `${title}\n${text.trimEnd()}`
  return [title, ...changedLines(former.split('\n'), text.split('\n'))].join('\n')
}

/** The lines that go and come, in the order of the file; what the most lines have in common stays. */
function changedLines(before: string[], after: string[]): string[] {
  const common = before.map(() => after.map(() => 0))
  const at = (i: number, j: number) => common[i]?.[j] ?? 0
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--)
      common[i]![j] =
        before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  }
  const lines: string[] = []
  for (let [i, j] = [0, 0]; i < before.length || j < after.length;) {
    if (i < before.length && before[i] === after[j]) {
      i++
      j++
    } else if (j === after.length || (i < before.length && at(i + 1, j) >= at(i, j + 1)))
      lines.push(`- ${before[i++]}`)
    else lines.push(`+ ${after[j++]}`)
  }
  return lines
}

export = command
