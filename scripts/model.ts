import type { ModelStates } from '../lib/load/model-state'
import type { Sent, SentBy } from '../lib/load/sent'
import type { Model } from '../models/model'
import type { Look } from './cli/colors'
import type { Command, GlobalOptions } from './cli/main'
import { excluded, namesOf, type Selection } from './cli/selection'

const actions = ['list', 'show', 'up', 'down'] as const

interface Options extends Selection {
  action: (typeof actions)[number]
}

const command: Command<Options> = {
  command: 'model <action> [names..]',
  describe: 'List models, show their SQL, build them or take them back',
  builder: (yargs) =>
    yargs
      .positional('action', {
        choices: actions,
        demandOption: true,
        describe: 'up and down take along what depends on the models',
      })
      .positional('names', namesOf('models'))
      .option('exclude', excluded)
      .example('$0 model list', 'grain, key, what it reads, rows, when built, changes since')
      .example('$0 model list --json', 'the manifest: also questions, columns, lineage, audits')
      .example('$0 model show songplays', 'the SQL that builds it, and refreshes it by a load')
      .example('$0 model down songplays', 'empty songplays, and time, which is made of it')
      .example('$0 model up +time', 'build time, what it is made of, and what is made of that')
      .example('$0 model up', 'build the whole star from what is staged'),
  async handler(options) {
    const { action } = options
    if (action === 'list') return list(options)
    if (action === 'show') return show(options)
    return build(action, options)
  },
}

type Given = Selection & GlobalOptions

async function list({ names, exclude, env, json, output }: Given): Promise<void> {
  const { selectModels } = await import('../lib/load/refresh.ts')
  const chosen = selectModels(names, exclude)
  const { states, fault } = await look(env)
  if (fault !== null) output.tell(`${fault}\nWhat follows is what is declared.`)
  if (!json) return output.print(await listText(chosen, states, output))
  const { everything, modelNode } = await import('../lib/lineage/manifest.ts')
  const isAll = names.length + exclude.length === 0
  const nodes = isAll
    ? await everything(chosen, states)
    : await Promise.all(chosen.map((model) => modelNode(model, states)))
  const warehouse = states ? { latestLoad: states.latestLoad } : null
  output.document({ environment: env, warehouse, fault, nodes })
}

/** What the warehouse says of the models, or why it says nothing: a look makes none. */
async function look(env: GlobalOptions['env']) {
  const { isMade, withWarehouse } = await import('./cli/warehouse.ts')
  const { readModelStates } = await import('../lib/load/model-state.ts')
  const { describe, exitCodeOf } = await import('../lib/warehouse/errors.ts')
  try {
    if (!isMade(env)) return { fault: 'There is no warehouse yet: `sparkify run` makes it.' }
    return { states: await withWarehouse(env, readModelStates), fault: null }
  } catch (error) {
    if (![2, 4].includes(exitCodeOf(error))) throw error
    return { fault: describe(error) }
  }
}

async function listText(
  models: Model[],
  states: ModelStates | undefined,
  screen: Look,
): Promise<string> {
  const { formatTable } = await import('./cli/table.ts')
  const { formatCount } = await import('../lib/warehouse/counts.ts')
  const { notBuilt } = await import('../lib/load/fingerprint.ts')
  const stateOf = (name: string) => {
    const { builtAt, changed } = states!.built[name]!
    const rows = states!.rows[name]
    const built = changed.includes(notBuilt) ? notBuilt : (builtAt?.slice(0, 16) ?? 'not noted')
    return { rows: rows === undefined ? '' : formatCount(rows), built }
  }
  const rows = models.map(({ name, grain, key, from }) => ({
    model: name,
    ...(states && stateOf(name)),
    key: key.join(', '),
    reads: from.join(', '),
    grain,
  }))
  const columns = ['model', ...(states ? ['rows', 'built'] : []), 'key', 'reads']
  const changed = models.flatMap(({ name }) => {
    const why = (states?.built[name]?.changed ?? []).filter((each) => each !== notBuilt)
    return why.length > 0 ? [{ model: name, 'changed since it was built': why.join(', ') }] : []
  })
  return [
    formatTable(columns, rows, screen),
    formatTable(['model', 'grain'], rows, screen),
    ...(changed.length > 0
      ? [formatTable(['model', 'changed since it was built'], changed, screen)]
      : []),
  ].join('\n\n')
}

async function show({ names, exclude, json, output }: Given): Promise<void> {
  const { UsageError } = await import('../lib/warehouse/errors.ts')
  const { selectModels } = await import('../lib/load/refresh.ts')
  if (names.length === 0) {
    const all = selectModels([]).map(({ name }) => name)
    throw new UsageError(`Which model is to be shown? What there is: ${all.join(', ')}.`)
  }
  const { statementsOf } = await import('../lib/load/sent.ts')
  const shown = await Promise.all(selectModels(names, exclude).map(statementsOf))
  if (json) output.document({ shown })
  else output.printWhole(shown.map(sqlText).join('\n\n'))
}

/** What a client could run. */
function sqlText({ name, grain, full, refresh }: SentBy): string {
  const text = ({ about, statements }: Sent) =>
    [`-- ${about}`, ...statements.map((sql) => `${sql.trim()};`)].join('\n')
  return [`-- ${name}: ${grain}`, ...[...full, ...refresh].map(text)].join('\n\n')
}

async function build(
  direction: 'up' | 'down',
  { names, exclude, env, json, output }: Given,
): Promise<void> {
  const { withTables } = await import('./cli/warehouse.ts')
  const { buildModels } = await import('../lib/load/refresh.ts')
  const { formatTable } = await import('./cli/table.ts')
  const { formatCount } = await import('../lib/warehouse/counts.ts')
  const { retrying } = await import('../lib/warehouse/steps.ts')
  const built = await withTables(env, 'a model', (knex) =>
    retrying(() => buildModels(knex, direction, names, exclude)),
  )
  if (json) return output.document({ models: built })
  const rows = built.map(({ name, rows }) => ({ model: name, [direction]: formatCount(rows) }))
  output.print(formatTable(['model', direction], rows, output))
}

export = command
