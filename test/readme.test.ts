import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { type Engine, openEngine } from '../redshift-local/engine/engine'
import { copyProject } from '../tools/copied-project'
import { type Running, Commands, projectFolder, until } from './scripts/command'
import { type Line, ownWords, shellLines } from './scripts/shell-lines'

const lines = shellLines(readFileSync(join(projectFolder, 'README.md'), 'utf8'))

// Neither installing nor testing once more is a test's business.
const isLeftOut = (command: string) => ['npm ci', 'npm test'].includes(command)
const isServer = ({ comment }: Line) => /Ctrl-C/.test(comment)

describe('the README', () => {
  const commands = new Commands()
  const copy = join(commands.folder, 'clone')
  // As a newcomer has it: nothing is set, and everything is where it is by default.
  const nothing = { LOCAL_WAREHOUSE: '', LOCAL_BUCKETS: '', REPORT: '' }

  const start = (command: string): Running =>
    commands.spawn(['sh', '-c', `cd '${copy}' && exec ${command}`], nothing)

  const warehouse = join(copy, '.warehouse')
  let engine: Engine | undefined

  before(() => copyProject(copy))

  // Once a command has made it, the engine is kept running: the others are faster.
  afterEach(async () => {
    if (existsSync(join(warehouse, 'postgres'))) engine ??= await openEngine(warehouse)
  })

  after(async () => {
    engine?.release()
    const lock = join(warehouse, 'postgres', 'postmaster.pid')
    await until('the engine stops', () => !existsSync(lock))
    await commands.remove()
  })

  it('can count on npx', async () => {
    for (const program of ['sparkify', 'knex']) {
      const { code, stderr } = await start(`npx ${program} --version`).ended
      expect(code, stderr).to.equal(0)
    }
  })

  it('has commands', () => {
    expect(lines.map(({ command }) => command)).to.include.members(['npm start', 'npm test'])
  })

  for (const line of lines) {
    const { command, comment } = line
    if (isLeftOut(command)) {
      it(`${command}: there is what it needs`, () => {
        const { scripts } = JSON.parse(
          readFileSync(join(projectFolder, 'package.json'), 'utf8'),
        ) as {
          scripts: Record<string, string>
        }
        expect(scripts).to.have.property('test')
        expect(existsSync(join(projectFolder, 'package-lock.json'))).to.equal(true)
      })
    } else if (isServer(line)) {
      it(`${command}: serves until Ctrl-C`, async () => {
        const { child, ended, says } = start(withFreePort(direct(command)))
        await says('Ctrl-C stops it.')
        child.kill('SIGINT')
        const { code, stdout, stderr } = await ended
        expect(code, stdout + stderr).to.equal(0)
      })
    } else {
      const expected = Number(/exit code (\d+)/.exec(comment)?.[1] ?? 0)
      it(`${command}: exit code ${expected}`, async () => {
        const given = ownWords(command)
        const { code, stdout, stderr } = given
          ? await commands.sparkify(given.words, { ...nothing, ...given.variables }, copy)
          : await start(direct(command)).ended
        expect(code, stdout + stderr).to.equal(expected)
        expect(stdout).to.not.equal('')
      })
    }
  }

  it('names every command of sparkify', () => {
    const text = readFileSync(join(projectFolder, 'README.md'), 'utf8')
    for (const file of readdirSync(join(projectFolder, 'scripts'))) {
      if (file.endsWith('.ts')) expect(text).to.contain(`\`sparkify ${file.slice(0, -3)}`)
    }
  })
})

// What npx would start: without the half second that it thinks, and with nothing between us and it.
function direct(command: string): string {
  return command
    .replace(/\bnpx sparkify\b/, 'node scripts/sparkify.js')
    .replace(/\bnpx knex\b/, 'node node_modules/knex/bin/cli.js')
}

// Somebody may be using the usual one.
function withFreePort(command: string): string {
  return command.includes('--port') ? command : `${command} --port 0`
}
