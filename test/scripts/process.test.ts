import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { writeSampleData } from '../../lib/sample-data/write'
import { projectFolder, useCommands } from './command'

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
  { words: ['audit'], stdout: /^All \d+ audits hold\.\n$/ },
  {
    words: ['loads', '--json'],
    stdout: /^\{"loads":\[\{"loaded_at":.*\}\],"quarantined":\[\]\}\n$/,
  },
  { words: ['errors'], stdout: /^There are no errors of COPY\.\n$/ },
  { words: ['sql', 'select 1 as one', '--json'], stdout: /^\[\{"one":1\}\]\n$/ },
  { words: ['sql', 'select 1 / 0'], code: 3, stderr: /^division by zero\n$/ },
  { words: ['sql', 'selec'], code: 2, stderr: /^syntax error/ },
  { words: ['query', 'plays_per_week', '--csv'], stdout: /^week,week_number,plays/ },
  { words: ['compact', '--dry-run'], stdout: /^source +originals/ },
  { words: ['report', '--out', '/dev/null/report.html'], code: 2, stderr: /cannot be written/ },
  {
    words: ['undo', '--json'],
    stdout: /^\{"loaded_at":.*\}\n$/,
    stderr: /^users: \d+ rows/m,
  },
  { words: ['plan', '--exit-code'], code: 5, stdout: /^staging_events: new files \(3\)\n/ },
  { words: ['generate', '--events', '-1'], code: 2, stderr: /^events is -1/m },
  { words: ['cluster', 'up', '--nodes', '0'], code: 2, stderr: /--nodes is 0/ },
  { words: ['local', '--port', '-1'], code: 2, stderr: /^--port is -1/ },
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

  it('is tried of every command', () => {
    const files = readdirSync(join(projectFolder, 'scripts')).filter((file) => file.endsWith('.ts'))
    expect(new Set(cases.map(({ words }) => `${words[0]}.ts`))).to.have.all.keys(files)
  })
})
