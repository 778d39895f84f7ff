import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { writeSampleData } from '../../lib/sample-data/write'
import { failingScreen, useCommands } from './command'
import { commandNames } from './documents'

interface Case {
  words: string[]
  code?: number
  /** What is said on each stream; nothing, unless said. */
  stdout?: RegExp
  stderr?: RegExp
}

// What a command does is tried in the process of the tests; here, that its words and its exit code get out.
const cases: Case[] = [
  {
    words: ['run'],
    stdout: /^table +rows +seconds\n[^]* plays have a known song\./,
    stderr: /^migrate: \d+ migrations, [^]*\nanswers: \d+ answers checked, [\d.]+ s\n$/,
  },
  { words: ['plan', '--exit-code'], stdout: /^There is nothing to do\.\n$/ },
  { words: ['model', 'up', 'users'], stdout: /^model +up\n─.*\nusers +\d+\n$/ },
  { words: ['audit'], stdout: /^table +severity +result +audit\n[^]*\nAll \d+ audits hold\.\n$/ },
  {
    words: ['loads', '--json'],
    stdout: /^\{"loads":\[\{"loaded_at":.*\}\],"more":0,"quarantined":\[\]\}\n$/,
  },
  { words: ['status', '--json'], stdout: /^\{"warehouse":/ },
  { words: ['freshness'], stdout: /^source +latest/ },
  { words: ['errors'], stdout: /^There are no errors of COPY\.\n$/ },
  {
    words: ['sql', 'select 1 as one', '--json'],
    stdout: /^\{"results":\[.*"rows":\[\[1\]\],"done":"SELECT 1"\}\]\}\n$/,
  },
  { words: ['sql', 'select 1 / 0'], code: 3, stderr: /^division by zero\n$/ },
  { words: ['sql', 'selec'], code: 2, stderr: /^syntax error/ },
  { words: ['query', 'plays_per_week', '--csv'], stdout: /^week,week_number,plays/ },
  { words: ['compact', '--dry-run'], stdout: /^source +originals/ },
  { words: ['report', '--out', '/dev/null/report.html'], code: 2, stderr: /cannot be written/ },
  {
    words: ['undo', '--json'],
    stdout: /^\{"dryRun":false,"undone":\{"loaded_at":.*\}\}\n$/,
    stderr: /^users: \d+ rows/m,
  },
  { words: ['plan', '--exit-code'], code: 5, stdout: /^staging_events: new files \(3\)\n/ },
  { words: ['generate', '--events', '-1'], code: 2, stderr: /^events is -1/m },
  { words: ['cluster', 'up', '--nodes', '0'], code: 2, stderr: /--nodes is 0/ },
  { words: ['local', '--port', '-1'], code: 2, stderr: /^--port is -1/ },
  { words: ['new', 'model', 'sessions'], code: 2, stderr: /is made from a query/ },
  { words: ['completion', 'bash'], stdout: /^# In ~\/\.bashrc: / },
]

describe('a process of sparkify', () => {
  const commands = useCommands()

  before(async () => {
    await commands.keepEngine()
    const out = join(commands.buckets, 'sparkify')
    await writeSampleData({ events: 200, songs: 20, days: 3, seed: 1, out })
  })

  for (const { words, code: expected = 0, stdout: result, stderr: messages } of cases) {
    it(`${words.join(' ')} ends with ${expected}, results on stdout and messages on stderr`, async () => {
      const { code, stdout, stderr } = await commands.start('sparkify', words).ended
      expect(code, stderr).to.equal(expected)
      expect(stdout).to.match(result ?? /^$/)
      expect(stderr).to.match(messages ?? /^$/)
    })
  }

  const printing = [
    ['run'],
    ['plan'],
    ['plan', '--json'],
    ['model', 'up', 'users'],
    ['audit'],
    ['loads'],
    ['errors'],
    ['sql', 'select 1 as one'],
    ['sql', 'select 1 as one', '--json'],
    ['sql', 'select 1 as one', '--csv'],
    ['query', 'plays_per_week'],
    ['query', 'plays_per_week', '--json'],
    ['query', 'plays_per_week', '--csv'],
    ['query', 'plays_per_week', '--csv', '--out', join(commands.folder, 'answers')],
    ['compact', '--dry-run'],
    ['report', '--out', join(commands.folder, 'report.html')],
    ['undo', '--dry-run'],
    ['generate', '--events', '10', '--force', '--out', join(commands.folder, 'generated')],
    ['completion', 'bash'],
    ['--help'],
    ['sql', '--help'],
    ['--version'],
  ]

  for (const words of printing) {
    it(`${words.slice(0, 4).join(' ')} ends with 1 where its results cannot be written`, async () => {
      const screen = failingScreen('ENOSPC')
      const { code, stderr } = await commands.sparkify(words, {}, undefined, screen)
      expect(code, stderr).to.equal(1)
      expect(stderr).to.match(/^The results could not be written \(ENOSPC: .*not complete\./m)
      expect(stderr).to.not.contain('    at ')
    })

    it(`${words.slice(0, 4).join(' ')} ends in silence where its reader has gone`, async () => {
      const screen = failingScreen('EPIPE')
      const { code, stderr } = await commands.sparkify(words, {}, undefined, screen)
      expect(code, stderr).to.equal(0)
      expect(stderr).to.not.contain('EPIPE')
    })
  }

  it('ends with 1 where a device is full', async function () {
    if (!existsSync('/dev/full')) this.skip()
    const line = 'node scripts/sparkify.js sql "select 1" > /dev/full'
    const { code, stderr } = await commands.spawn(['sh', '-c', line]).ended
    expect(code).to.equal(1)
    expect(stderr).to.match(/^The results could not be written \(ENOSPC: no space left on device/)
  })

  it('stops what it asked for, and says nothing, where `head` has enough', async () => {
    // A million times a million rows: nobody waits for all of them.
    const sql = `with digits as (${Array.from({ length: 10 }, (_, d) => `select ${d} as d`).join(' union all ')})
      select a.d from digits a, digits b, digits c, digits d, digits e, digits f, digits g, digits h,
        digits i, digits j, digits k, digits l`
    const line = `node scripts/sparkify.js sql '${sql}' --csv | head -1`
    const { stdout, stderr } = await commands.spawn(['sh', '-c', line]).ended
    expect({ stdout, stderr }).to.deep.equal({ stdout: 'd\n', stderr: '' })
    const left = `select pid from pg_stat_activity where query like '%digits%' and state = 'active'
      and pid <> pg_backend_pid()`
    expect(await commands.rows(left)).to.deep.equal([])
  })

  it('is tried of every command', () => {
    expect(new Set(cases.map(({ words }) => words[0]))).to.have.all.keys(commandNames)
  })
})
