import type { Plan } from '../lib/load/plan'
import type { Meaning, Paint } from './cli/colors'
import type { Command, Output } from './cli/main'

interface Options {
  diff: boolean
  exitCode: boolean
}

const command: Command<Options> = {
  command: 'plan',
  describe: 'What `run` would do: migrations, files, models; changes nothing',
  builder: (yargs) =>
    yargs
      .option('diff', {
        type: 'boolean',
        default: false,
        describe: 'build edited models aside, and say which rows that would change',
      })
      .option('exit-code', {
        type: 'boolean',
        default: false,
        describe: 'end with 5 where there is something to do',
      })
      .example('$0 plan --diff', 'before an edited model reaches anybody')
      .example('$0 plan --exit-code', 'for a scheduler that runs only what is due'),
  async handler({ env, json, diff, exitCode, output }) {
    const { withWarehouse } = await import('./cli/warehouse.ts')
    const plan = await withWarehouse(env, async (knex) => {
      const { plan: planRun } = await import('../lib/load/plan.ts')
      return planRun(knex, { diff })
    })
    const { hasWork } = await import('../lib/load/plan.ts')
    if (json) output.document(plan)
    else await print(plan, output)
    if (!json && !hasWork(plan)) output.print('There is nothing to do.')
    if (exitCode && hasWork(plan)) output.exitCode = 5
  },
}

async function print(
  { migrations, sources, models, rebuilds, drift, stale, differences = [] }: Plan,
  output: Output,
): Promise<void> {
  const { formatCount } = await import('../lib/warehouse/counts.ts')
  const { titled } = await import('./cli/table.ts')
  const list = (title: string, lines: string[], meaning?: Meaning) => {
    for (const line of titled(title, lines, output, meaning)) output.print(line)
  }
  list('Migrations to apply', migrations)
  for (const { table, new: added, changed, quarantined, missing, ignored } of sources) {
    const megabytes = (size: number) => `${(size / 1e6).toFixed(2)} MB`
    list(
      `${table}: new files`,
      added.map(({ url, size }) => `${url}  ${megabytes(size)}`),
    )
    list(
      `${table}: changed since they were loaded, see --reload`,
      changed.map(({ url }) => url),
      'warning',
    )
    list(
      `${table}: in quarantine until they change`,
      quarantined.map(
        ({ url, reason, hasFormerRows }) =>
          `${url}${hasFormerRows ? ' (its former rows stay)' : ''}: ${reason}`,
      ),
      'warning',
    )
    list(`${table}: loaded, no longer there`, missing, 'warning')
    list(`${table}: no data, ignored`, ignored)
  }
  list('Models that new files affect', models)
  list(
    'Models to build as a whole',
    rebuilds.map(({ model, why }) => `${model}: ${why.join(', ')}`),
  )
  for (const difference of differences)
    output.print(differenceText(difference, formatCount, output.paint))
  list('Columns that differ from the migrations', drift.map(driftText), 'warning')
  list('Older than is expected', stale, 'warning')
}

type Difference = NonNullable<Plan['differences']>[number]

/** What building a model would change, of the rows staged now. */
function differenceText(
  { table, added, removed, changed, columns, examples }: Difference,
  count: (rows: number) => string,
  paint: Paint,
): string {
  const by = Object.entries(columns).map(([column, rows]) => `${column} ${count(rows)}`)
  const counts = Object.entries({ added, removed, changed } as const)
  const changes = counts.map(([kind, rows]) =>
    paint(rows > 0 ? (kind as Meaning) : undefined, `${count(rows)} ${kind}`),
  )
  return [
    `${table}: rows ${changes.join(', ')}${by.length > 0 ? `: ${by.join(', ')}` : ''}`,
    ...examples.map((example) => `  ${exampleText(example, paint)}`),
  ].join('\n')
}

function exampleText({ key, was, becomes }: Difference['examples'][number], paint: Paint): string {
  const text = (row: object) =>
    Object.entries(row)
      .map(([column, value]) => `${column} ${JSON.stringify(value)}`)
      .join(', ')
  if (was === undefined || becomes === undefined)
    return `${becomes ? paint('added', '+') : paint('removed', '-')} ${text({ ...key, ...was, ...becomes })}`
  const changes = Object.entries(becomes).map(
    ([column, value]) => `${column} ${JSON.stringify(was[column])} → ${JSON.stringify(value)}`,
  )
  return `${paint('changed', '~')} ${text(key)}: ${changes.join(', ')}`
}

function driftText({ table, column, declared, live }: Plan['drift'][number]): string {
  const none = 'not there'
  return `${table}.${column}: declared ${declared ?? none}; live ${live ?? none}`
}

export = command
