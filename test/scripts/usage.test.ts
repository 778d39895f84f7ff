import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { projectFolder, useCommands } from './command'
import { commandNames, schemaNames } from './documents'

describe('sparkify', () => {
  const commands = useCommands()

  it('--help lists every command and every global option', async () => {
    const { code, stdout, stderr } = await commands.sparkify(['--help'])
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' })
    for (const name of commandNames)
      expect(stdout).to.match(new RegExp(`^  sparkify ${name}\\b`, 'm'))
    for (const option of ['--env', '--json', '--help', '--version']) {
      expect(stdout).to.contain(option)
    }
  })

  it('COMMAND --help says what it does, its options and an example', async () => {
    const helped = await Promise.all(
      commandNames.map((name) => commands.sparkify([name, '--help'])),
    )
    for (const [i, { code, stdout, stderr }] of helped.entries()) {
      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' })
      expect(stdout).to.match(new RegExp(`^sparkify ${commandNames[i]}\\b.*\n\n[A-Z].*`))
      expect(stdout).to.contain('--json').and.contain(`Examples:\n  sparkify ${commandNames[i]}`)
      // As they are typed, and none of what only the program's author should see.
      expect(stdout).to.not.match(/--[a-z]+[A-Z]|\$0/)
    }
  })

  it('takes names behind -- as it does those before it', async () => {
    const words = ['model', 'list', 'songs', '--json', '--', 'users', 'artists']
    const { stdout } = await commands.sparkify(words)
    const { nodes } = JSON.parse(stdout) as { nodes: { name: string }[] }
    expect(nodes.map(({ name }) => name)).to.have.members(['users', 'songs', 'artists'])
  })

  it('--version prints the version of the package', async () => {
    const { version } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as {
      version: string
    }
    const { code, stdout } = await commands.sparkify(['--version'])
    expect({ code, stdout }).to.deep.equal({ code: 0, stdout: `${version}\n` })
  })

  for (const [title, words, said] of [
    ['no command', ['--env', 'production'], 'Which command?'],
    ['an unknown command', ['rum'], 'Unknown command: rum'],
    ['an unknown option', ['run', '--fast'], 'Unknown option: --fast\n'],
    ['a mistyped option', ['run', '--max-error=3'], '--max-error: did you mean --max-errors?'],
    ['a mistyped option of all', ['loads', '--jsn'], '--jsn: did you mean --json?'],
    ['an option without its hyphen', ['undo', '--dryrun'], '--dryrun: did you mean --dry-run?'],
    ['an option that run does not need', ['run', '--dryrun'], '--dryrun: `sparkify plan` says'],
    [
      'a number that is none',
      ['run', '--max-errors', 'x'],
      '--max-errors is x: a number is expected',
    ],
    [
      'a number that is missing',
      ['run', '--max-errors'],
      '--max-errors is missing: a number is expected',
    ],
    ['a word that a command does not take', ['run', '--', 'x'], 'Too many words: x, behind --.'],
    ['two statements', ['sql', 'select 1', '--', 'select 2'], 'Too many words: select 2'],
    ['an empty number', ['run', '--max-errors='], '--max-errors is missing: a number is expected'],
    [
      'a number that is none, its option written as one word',
      ['run', '--maxErrors=x'],
      '--max-errors is x: a number is expected',
    ],
    ['an unknown part of cluster', ['cluster', 'upp'], 'upp'],
    ['an option of cluster', ['cluster', 'up', '--node-typ', 'x'], 'did you mean --node-type?'],
    ['an unknown environment', ['run', '--env', 'staging'], '"development", "production"'],
    ['a mistyped environment', ['run', '--env=prodution'], 'prodution: did you mean production?'],
    ['an option that names do not need', ['audit', '--select', 'time'], '--select: names stand'],
    ['nothing to exclude', ['audit', '--exclude'], 'Not enough arguments following: exclude'],
    ['a mistyped word of a command', ['model', 'dwn'], 'dwn: did you mean down?'],
    [
      'a number that is none beside an unknown option',
      ['generate', '--days', 'x', '--outt', 'y'],
      '--days is x: a number is expected.\nUnknown option: --outt: did you mean --out?\n',
    ],
    ['a statement that is missing', ['sql'], 'Statements are expected'],
    ['a word too many', ['run', 'twice'], 'twice'],
  ] as const) {
    it(`ends with exit code 2 and a hint for ${title}`, async () => {
      const { code, stdout, stderr } = await commands.sparkify([...words], {
        LC_ALL: 'de_DE.UTF-8',
      })
      expect(code, stderr).to.equal(2)
      expect(stdout).to.equal('')
      expect(stderr).to.contain(said)
      const named = words.filter((word) => [...commandNames, 'up'].includes(word))
      if (!said.includes('a number is expected'))
        expect(stderr).to.contain(`\`${['sparkify', ...named, '--help'].join(' ')}\``)
      expect(stderr).to.not.match(/^ +at /m)
    })
  }

  it('ends with exit code 2 for more bad rows than a COPY may skip, or for no whole number of them', async () => {
    for (const rows of ['100000', '-1', '1.5']) {
      const { code, stderr } = await commands.sparkify(['run', `--max-errors=${rows}`])
      expect(code, stderr).to.equal(2)
      expect(stderr).to.match(
        /^--max-errors is .*: a whole number from 0 to 99999 is expected\.\n$/,
      )
    }
  })

  it('ends with exit code 2 for a port that is none', async () => {
    const ports = ['70000', '-1', '54.39']
    const ended = await Promise.all(
      ports.map((port) => commands.sparkify(['local', `--port=${port}`])),
    )
    for (const { code, stderr } of ended) {
      expect(code, stderr).to.equal(2)
      expect(stderr).to.match(/^--port is .*: 1 to 65535 is expected, or 0 for a free one\.\n$/)
    }
  })

  it('has one schema of the documents of each command, and one of errors', () => {
    expect(schemaNames).to.deep.equal([...commandNames, 'error'].sort())
  })

  for (const words of [
    ['rum', '--json'],
    ['run', '--fast', '--json'],
    ['--json', 'sql'],
  ]) {
    it(`${words.join(' ')} prints why as one JSON document`, async () => {
      const { code, stdout, stderr } = await commands.sparkify(words)
      const { error } = JSON.parse(stdout) as { error: object }
      expect(error).to.deep.equal({ kind: 'usage', exitCode: code, message: stderr.trimEnd() })
      expect(code).to.equal(2)
    })
  }
})
