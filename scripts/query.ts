import type { Knex } from 'knex'
import { UsageError } from '../lib/warehouse/errors'
import type { Question } from '../lib/questions/question'
import type { Command, GlobalOptions } from './cli/main'
import { excluded, namesOf, type Selection } from './cli/selection'

interface Options extends Selection {
  limit: number | undefined
  csv: boolean | undefined
  out: string | undefined
  check: boolean | undefined
  update: boolean | undefined
  dataset: string | undefined
}

const command: Command<Options> = {
  command: 'query [names..]',
  describe: "Answer the analysts' questions",
  builder: (yargs) =>
    yargs
      .positional('names', namesOf('questions'))
      .option('exclude', excluded)
      .option('limit', {
        type: 'number',
        describe: 'rows of each answer, 0 for all; else 20 in a table, and all in JSON and CSV',
      })
      .option('csv', { type: 'boolean', describe: 'print one answer as CSV' })
      .option('out', { type: 'string', describe: 'with --csv, a folder for a file of each answer' })
      .option('check', { type: 'boolean', describe: 'compare with queries/expected' })
      .option('update', { type: 'boolean', describe: 'write the answers as those expected' })
      .option('dataset', {
        type: 'string',
        describe: 'the folder in queries/expected; else that of what is loaded',
      })
      .conflicts({ check: ['update', 'csv', 'limit'], update: ['csv', 'limit'] })
      .implies('out', 'csv')
      .example('$0 query most_played_songs', 'the songs with the most plays')
      .example('$0 query plays_per_day --csv', 'to be opened in a spreadsheet')
      .example('$0 query --check', 'compare with what is expected of the sample'),
  async handler(options) {
    refuseContradictions(options)
    const { withWarehouse } = await import('./cli/warehouse.ts')
    const { chooseQuestions } = await import('../lib/questions/choose.ts')
    const questions = await chooseQuestions(options.names, options.exclude)
    const work = options.check ? check : options.update ? update : print
    await withWarehouse(options.env, (knex) => work(knex, questions, options))
  },
}

type Work = (knex: Knex, questions: Question[], options: Options & GlobalOptions) => Promise<void>

const print: Work = async (knex, questions, { limit, json, csv, out, output }) => {
  const { printCsv, printJson, printTables } = await import('./cli/answers.ts')
  const most = limit || Infinity
  if (json) await printJson(knex, questions, most, output)
  else if (csv) await printCsv(knex, questions, most, out, output)
  else await printTables(knex, questions, limit === undefined ? 20 : most, output)
}

const check: Work = async (knex, questions, { json, dataset, output }) => {
  const { compareAnswers } = await import('../lib/questions/check.ts')
  const { checkText, refuseDifferences } = await import('./cli/check.ts')
  const found = await compareAnswers(knex, questions, dataset)
  if (json) output.document(found)
  else output.print(checkText(found, output))
  refuseDifferences(found)
}

const update: Work = async (knex, questions, { json, dataset, output }) => {
  const { updateAnswers } = await import('../lib/questions/update.ts')
  const updates = await updateAnswers(knex, questions, dataset)
  if (json) output.document({ updates })
  else for (const { file, state } of updates) output.print(`${file}: ${state}`)
}

function refuseContradictions({
  limit,
  json,
  csv,
  check,
  update,
  dataset,
}: Options & GlobalOptions) {
  const faults = [
    limit !== undefined &&
      !(Number.isInteger(limit) && limit >= 0) &&
      `--limit is ${limit}: a number of rows is expected, or 0 for all`,
    csv && json && '--csv and --json are two forms of one answer: one of them is expected',
    dataset !== undefined &&
      !check &&
      !update &&
      '--dataset names expected answers: --check or --update is expected with it',
  ].filter((fault) => typeof fault === 'string')
  if (faults.length > 0) throw new UsageError(faults.join('\n'))
}

export = command
