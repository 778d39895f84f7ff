import { join } from 'node:path'
import { expect } from 'chai'
import { models } from '../../models/index'
import { model } from '../../models/model'
import { Terminal, tooWide, type Variables, until, useCommands } from './command'
import { commandNames } from './documents'

interface Case {
  words: string[]
  /** What it is about, where the words do not say it. */
  where?: string
  before?: () => unknown
  variables?: Variables
  code?: number
  said: RegExp
}

const escape = '\u001b'
const bold = (text: string) => `${escape}[1m${text}${escape}[22m`

describe('at a terminal of 80 columns', () => {
  const commands = useCommands()
  const WORK_DATA = 's3://sparkify/a-folder-whose-name-is-long-enough-to-be-a-nuisance/work'
  const former = [...models]
  const show = async (words: string[], variables: Variables = {}) => {
    const outcome = await commands.sparkify(
      words,
      { WORK_DATA, ...variables },
      undefined,
      new Terminal(),
    )
    return { ...outcome, text: outcome.stdout + outcome.stderr }
  }
  const edit = () => {
    const i = models.findIndex(({ name }) => name === 'songplays')
    const { rows } = models[i]!
    models[i] = model({
      ...models[i]!,
      rows: (scope) =>
        rows(scope).replace(
          'session_id, location, user_agent',
          "session_id, 'a place with a name that is long enough to be wrapped' as location, user_agent",
        ),
    })
  }
  const spoil = () => commands.rows("update songplays set level = 'gold' where user_id % 2 = 0")
  const songFile = 'song_data/a/folder/below/a/folder/below/a/folder/that/goes/on/TRBAD.json'

  before(async () => {
    await commands.keepEngine()
    const sample = ['--events', '800', '--songs', '30', '--days', '4']
    await commands.sparkify(['generate', ...sample, '--out', join(commands.buckets, 'sparkify')])
  })
  after(() => void models.splice(0, models.length, ...former))

  const wrong = { LOG_DATA: 's3:/logs', S3_REGION: 'Oregon', IAM_ROLE_ARN: 'admin' }
  const byLevel = 'select level, count(*) as plays from songplays group by level'
  const cases: Case[] = [
    { words: ['status'], said: /empty/ },
    { words: ['audit'], where: 'without tables', code: 2, said: /has no tables yet/ },
    { words: ['plan'], where: 'of all', said: /new files/ },
    { words: ['run'], said: /audits hold/ },
    { words: ['status'], where: 'of a warehouse', said: /Next:/ },
    {
      words: ['status'],
      where: 'of wrong settings',
      code: 2,
      said: /LOG_DATA is/,
      variables: wrong,
    },
    { words: ['audit', '--full'], said: /equals its rebuild/ },
    { words: ['query'], said: /more: `--limit 0`/ },
    { words: ['query', '--check', '--dataset', 'sample'], code: 3, said: /missing row/ },
    { words: ['query', '--check'], code: 2, said: /no data set whose answers are known/ },
    { words: ['query', 'nothing_like_it'], code: 2, said: /nothing_like_it/ },
    { words: ['sql', 'select * from songs limit 3'], said: /title/ },
    { words: ['sql', 'select songid from songs'], code: 2, said: /songid/ },
    {
      words: ['freshness'],
      variables: { FRESHNESS: 'on' },
      code: 3,
      said: /at most 3 days is expected/,
    },
    { words: ['report', '--out', join(commands.folder, 'report.html')], said: /questions/ },
    {
      words: ['run'],
      where: 'of a file that does not load',
      code: 3,
      said: /Invalid digit/,
      before: () => commands.put(`sparkify/${songFile}`, '{"song_id":"S","year":"unknown"}'),
    },
    { words: ['errors'], said: /Invalid digit/ },
    { words: ['run', '--quarantine'], said: /is quarantined until it changes/ },
    {
      words: ['plan'],
      where: 'with a file in quarantine',
      said: /in quarantine until they change/,
    },
    { words: ['loads'], said: /In quarantine/ },
    { words: ['loads', '20'], where: 'of a load', said: /Audits that passed/ },
    {
      words: ['loads', '--prune', '--dry-run', '--older-than', '0'],
      said: /Would go|nothing to prune/,
    },
    { words: ['loads', '--release', 'all'], said: /Out of quarantine/ },
    { words: ['plan', '--diff'], before: edit, said: /songplays: rows .*\d+ changed/ },
    { words: ['model', 'list'], said: /grain/ },
    { words: ['model', 'up'], said: /songplays/ },
    {
      words: ['audit', '--full'],
      where: 'that fails',
      before: spoil,
      code: 3,
      said: /audits failed/,
    },
    { words: ['compact', '--dry-run'], said: /originals/ },
    { words: ['undo', '--dry-run'], said: /would be undone/ },
    { words: ['undo'], said: /is undone/ },
    { words: ['run', '--quarantine'], where: 'again', said: /audits hold/ },
    {
      words: ['generate', '--events', '10', '--out', join(commands.folder, 'a-new-folder/here')],
      said: /of them plays/,
    },
    { words: ['new', 'model', 'sessions'], code: 2, said: /is made from a query/ },
    {
      words: ['new', 'question', 'plays_by_level', '--dry-run', '--query', byLevel],
      said: /plays_by_level/,
    },
    { words: ['completion', 'tcsh'], code: 2, said: /Choices/ },
    { words: ['cluster', 'up', '--nodes', '0', '--port', '1'], code: 2, said: /--nodes is 0/ },
    { words: ['rum', '--fsat'], code: 2, said: /Unknown option: --fsat/ },
  ]

  for (const { words, where = '', before: prepare, variables, code = 0, said } of cases) {
    it(`${[...words.slice(0, 3), where].join(' ').trimEnd()} fits`, async () => {
      await prepare?.()
      const outcome = await show(words, variables)
      expect(outcome.code, outcome.text).to.equal(code)
      expect(outcome.text.replaceAll(/\s+/g, ' ')).to.match(said)
      expect(tooWide(outcome.text)).to.deep.equal([])
    })
  }

  it('local fits', async () => {
    const terminal = new Terminal()
    const ended = commands.sparkify(['local', '--port=0'], {}, undefined, terminal)
    await until('it serves', () => terminal.text.includes('psql'))
    process.listeners('SIGTERM').at(-1)!('SIGTERM')
    const { code, stdout, stderr } = await ended
    expect(code, stderr).to.equal(0)
    expect(tooWide(stdout + stderr)).to.deep.equal([])
  })

  for (const name of [...commandNames, 'cluster up', 'cluster status', 'cluster down', '']) {
    it(`${name} --help fits`.trimStart(), async () => {
      const { stdout } = await show([...name.split(' ').filter(Boolean), '--help'])
      expect(stdout.split('\n').filter((line) => line.length > 80)).to.deep.equal([])
    })
  }

  it('is tried of every command', () => {
    const tried = [...cases.map(({ words }) => words[0]!), 'local']
    expect(commandNames.filter((name) => !tried.includes(name))).to.deep.equal([])
  })

  describe('colors', () => {
    const select = ['sql', 'select 1 as one']
    const colored = (text: string) => text.includes(escape)

    it('show heads of tables, and what is wrong', async () => {
      expect((await show(select)).stdout).to.equal(`${bold('one')}\n───\n  1\n`)
      const { stdout, stderr } = await show(['sql', 'selec'])
      expect(stdout).to.equal('')
      expect(stderr).to.equal(`${escape}[31msyntax error at or near "selec"${escape}[39m\n`)
    })

    it('show what a load changed, and how answers differ', async () => {
      const undo = await show(['undo', '--dry-run'])
      expect(undo.stdout, undo.stderr).to.contain(`${escape}[31m `)
      const { stdout } = await show(['query', 'plays_per_week', '--check', '--dataset', 'sample'])
      expect(stdout).to.contain(`${escape}[31mdifferent${escape}[39m`)
    })

    for (const [title, words, variables] of [
      ['where NO_COLOR is set', select, { NO_COLOR: '1' }],
      ['where the terminal is dumb', select, { TERM: 'dumb' }],
      ['in JSON', [...select, '--json'], {}],
      ['in CSV', [...select, '--csv'], {}],
      ['in what a shell reads', ['completion', 'bash'], {}],
    ] as [string, string[], Variables][]) {
      it(`are not there ${title}`, async () => {
        const { code, text } = await show(words, variables)
        expect(code, text).to.equal(0)
        expect(colored(text)).to.equal(false)
      })
    }

    it('are not in a pipe, save where FORCE_COLOR asks for them', async () => {
      const piped = async (variables: Variables, ...words: string[]) => {
        const { stdout, stderr } = await commands.sparkify([...select, ...words], variables)
        return colored(stdout + stderr)
      }
      expect(await piped({})).to.equal(false)
      expect(await piped({ FORCE_COLOR: '0' })).to.equal(false)
      expect(await piped({ FORCE_COLOR: '1' })).to.equal(true)
      expect(await piped({ FORCE_COLOR: '1' }, '--json')).to.equal(false)
      expect(await piped({ FORCE_COLOR: '1' }, '--csv')).to.equal(false)
    })
  })
})
