import { spawn } from 'node:child_process'
import { once } from 'node:events'
import * as fs from 'node:fs'
import { dirname, join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { expect } from 'chai'
import { CORE_SCHEMA, load } from 'js-yaml'
import { writeSampleData } from '../lib/sample-data/write'
import { canEnter } from '../redshift-local/engine/account'
import { copyProject } from '../tools/copied-project'
import { prepareWarehouse } from './prepared-warehouse'
import { type Outcome, type Variables, projectFolder, useCommands } from './scripts/command'
import { ownWords, shellLines } from './scripts/shell-lines'

const textOf = (name: string) => fs.readFileSync(join(projectFolder, name), 'utf8')
const page = textOf('docs/operations.md')
const sections = new Map(
  page.split(/^##+ /m).map((text) => [text.split('\n', 1)[0]!, text] as const),
)

interface Step {
  id?: string
  name?: string
  if?: string
  run?: string
}

interface Workflow {
  env: Record<string, string>
  jobs: { load: { steps: Step[] } }
}

const workflow = load(textOf('docs/workflows/warehouse.yml'), { schema: CORE_SCHEMA }) as Workflow

const nobody = { uid: 65534, gid: 65534 }
const isRoot = process.getuid?.() === 0
/** Where the programs of a machine are, and Node.js. */
const programs = [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin']

/** Under root, the account that the schedulers' commands are run by; they have to be able to read the project. */
const other = isRoot && canEnter(nobody, projectFolder) ? nobody : undefined

describe('docs/operations.md', function () {
  this.timeout(120_000)
  const commands = useCommands()
  const clone = join(commands.folder, 'clone')
  const bin = join(commands.folder, 'bin')
  const logs = join(commands.buckets, 'sparkify/log_data/2018/11')
  const bad = join(logs, 'bad.json')
  /** All that was printed here, for the messages that the page quotes. */
  let said = ''

  before(async () => {
    copyProject(clone, 'docs')
    const out = join(commands.buckets, 'sparkify')
    await writeSampleData({ events: 120, songs: 10, days: 2, seed: 7, out })
    fs.mkdirSync(join(commands.folder, 'home'))
    // Without the half second that the real one thinks each time; the first job has that.
    fs.mkdirSync(bin)
    const npx = '#!/bin/sh\nshift\nexec node scripts/sparkify.js "$@"\n'
    fs.writeFileSync(join(bin, 'npx'), npx, { mode: 0o755 })
    await prepareWarehouse(commands.warehouse)
    if (other) own(commands.folder) // the engine is run by who owns its data
    await commands.keepEngine()
    if (other) own(commands.warehouse)
  })

  /** Runs a program in the clone as a machine does that has Node.js, and nothing else of ours. */
  async function run(words: string[], variables: Variables): Promise<Outcome> {
    const { LOCAL_WAREHOUSE, LOCAL_BUCKETS, TMPDIR } = commands.environment()
    const child = spawn(words[0]!, words.slice(1), {
      ...other,
      cwd: clone,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: [bin, ...programs].join(':'),
        HOME: join(commands.folder, 'home'),
        NPM_CONFIG_UPDATE_NOTIFIER: 'false',
        ...{ LOCAL_WAREHOUSE, LOCAL_BUCKETS, TMPDIR: other ? '/tmp' : TMPDIR },
        ...variables,
      },
    })
    const streams = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (text: string) => (streams[name] += text))
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
    said += streams.stdout + streams.stderr
    return { code, signal, ...streams }
  }

  /** Runs the job of the workflow as GitHub does. @returns how its named steps ended, and what its page says */
  async function runJob(variables: Variables = {}) {
    const [outputs, summary] = ['outputs', 'summary'].map((name) => join(commands.folder, name))
    for (const file of [outputs!, summary!]) {
      fs.writeFileSync(file, '')
      if (other) own(file)
    }
    const documents = ['plan.json', 'run.json', 'freshness.json']
    for (const name of documents) fs.rmSync(join(clone, name), { force: true })
    const env = {
      ...Object.fromEntries(Object.keys(workflow.env).map((name) => [name, ''])),
      ...{ GITHUB_OUTPUT: outputs, GITHUB_STEP_SUMMARY: summary },
      ...{ WAREHOUSE: 'development', REPORT: 'report.html', ...variables },
    }
    const codes: Record<string, number | null | 'skipped'> = {}
    let failed = false
    for (const { name, if: condition, run: script } of workflow.jobs.load.steps) {
      if (name === undefined || script === undefined) continue
      if (!isDue(condition, failed, fs.readFileSync(outputs!, 'utf8'))) {
        codes[name] = 'skipped'
        continue
      }
      const { code, stderr } = await run(['bash', '-e', '-c', script], env)
      codes[name] = code
      failed ||= code !== 0
      if (name === 'Say what somebody has to do') expect(code, stderr).to.equal(0)
    }
    return { codes: Object.values(codes), failed, page: fs.readFileSync(summary!, 'utf8') }
  }

  /** Runs a line of the crontab as cron does, on the local Redshift. */
  function runCron(line: string): Promise<Outcome> {
    const command = line
      .replace(/^(\S+ ){5}/, '')
      .replace('/srv/sparkify', clone)
      .replace('--env production', '')
    return run(['sh', '-c', command], { WAREHOUSE: 'development', REPORT: 'none' })
  }

  const crontab = codeIn('By the clock', 'crontab')[0]!
    .split('\n')
    .filter((line) => /^\d/.test(line))

  /** Runs `sparkify` in this process. */
  async function sparkify(words: string[], code = 0, variables: Variables = {}) {
    const outcome = await commands.sparkify(words, variables)
    said += outcome.stdout + outcome.stderr
    expect(outcome.code, words.join(' ') + outcome.stdout + outcome.stderr).to.equal(code)
    return outcome
  }

  describe('the workflow', () => {
    it('is run by an ordinary user', function () {
      if (isRoot && !other) this.skip()
      const owner = fs.statSync(join(clone, 'docs')).uid
      expect(owner).to.not.equal(0)
    })

    it('installs the packages, and puts no expression into a script', () => {
      const scripts = workflow.jobs.load.steps.flatMap((step) => step.run ?? [])
      expect(scripts).to.include('npm ci')
      expect(scripts.join('\n')).to.not.contain('${{')
      const example = textOf('.env.example')
      const settings = Object.keys(workflow.env).filter((name) => name !== 'WAREHOUSE')
      for (const name of settings) expect(example).to.match(new RegExp(`^#?${name}=`, 'm'))
    })

    it('loads what is due, and says nothing where all is well', async () => {
      const { codes, failed, page } = await runJob({ PATH: programs.join(':') })
      expect({ codes, failed, page }).to.deep.equal({
        codes: [0, 0, 0, 0],
        failed: false,
        page: '',
      })
      expect(fs.existsSync(join(clone, 'report.html'))).to.equal(true)
    })

    it('loads nothing where nothing is due, and fails where files have stopped coming', async () => {
      const { codes, page } = await runJob({ FRESHNESS: 'on' })
      expect(codes).to.deep.equal([0, 'skipped', 3, 0])
      // One line: the error, its finding and the warning of the plan say the same.
      expect(page).to.match(
        /^- \*\*data\*\*, exit code 3: staging_events: the latest event happened .* is expected\.\n$/,
      )
    })

    it('fails where a file does not load, with its line and what to do', async () => {
      fs.writeFileSync(bad, '{"page": "NextSong"}\n')
      const { codes, page } = await runJob()
      expect(codes).to.deep.equal([0, 3, 'skipped', 0])
      expect(page).to.match(
        /^ {2}- s3:\/\/sparkify\/.*\/bad\.json:1: Missing data for not-null field: Every/m,
      )
    })

    it('fails where there is no warehouse', async () => {
      const { codes, page } = await runJob({ LOG_DATA: 's3:/logs' })
      expect(codes).to.deep.equal([2, 'skipped', 'skipped', 0])
      expect(page).to.match(/^- \*\*usage\*\*, exit code 2: One setting is wrong:\n {4}LOG_DATA/m)
    })
  })

  describe('the crontab', () => {
    it('has mailed what a file that does not load needs', async () => {
      const { code, stdout } = await runCron(crontab[0]!)
      expect(code).to.equal(3)
      expect(stdout).to.match(/^ {2}- s3:.*bad\.json:1: /m)
      expect(stdout).to.match(/^1\. item_in_session: Missing data/m)
    })

    it('has nothing mailed where all is well', async () => {
      fs.rmSync(bad)
      for (const line of crontab) {
        const { code, stdout, stderr } = await runCron(line)
        expect({ code, stdout, stderr }, line).to.deep.equal({ code: 0, stdout: '', stderr: '' })
      }
    })
  })

  describe('the commands', () => {
    for (const { command } of shellLines(page)) {
      const isElsewhere = /^(git|npm ci)/.test(command)
      it(`${command}${isElsewhere ? ': is of git and npm' : ''}`, async () => {
        if (isElsewhere) return
        const given = ownWords(command)
        if (given) return void (await sparkify(given.words, 0, given.variables))
        const { code, stderr } = await run(['sh', '-c', command], {})
        expect(code, stderr).to.equal(0)
      })
    }

    it('that are named are there, with their options', async () => {
      for (const [, text] of page.matchAll(/`npx sparkify ([^`]+)`/g)) {
        const words = ownWords(`npx sparkify ${text}`)!.words
        const subject = words[0] === 'cluster' ? words.slice(0, 2) : words.slice(0, 1)
        const { stdout } = await sparkify([...subject, '--help'])
        for (const option of words.filter((word) => word.startsWith('--')))
          expect(stdout, text).to.contain(`  ${option} `)
      }
    })
  })

  describe('the symptoms', () => {
    const one = join(logs, '2018-11-01-events.json')

    // What an operator would see, in the order of the page where it does not matter.
    before(async () => {
      await sparkify(['run'])
      const former = fs.readFileSync(one)
      const [event] = former.toString().split('\n')
      const odd = { ...(JSON.parse(event!) as object), page: 'Party', sessionId: 99_999 }
      fs.writeFileSync(join(logs, 'odd.json'), JSON.stringify(odd))
      fs.writeFileSync(join(clone, 'run.json'), (await sparkify(['run', '--json'])).stdout)
      await sparkify(['audit'])
      fs.writeFileSync(bad, '{"page": "NextSong"}\n')
      await sparkify(['run', '--max-errors', '1'])
      await sparkify(['undo'])
      await sparkify(['run', '--quarantine'])
      fs.writeFileSync(one, '')
      await sparkify(['plan'])
      fs.writeFileSync(join(clone, 'plan.json'), (await sparkify(['plan', '--json'])).stdout)
      await sparkify(['run'])
      await sparkify(['run', '--reload'])
      fs.rmSync(one)
      await sparkify(['run'])
      fs.writeFileSync(one, former)
      fs.rmSync(bad)
      await sparkify(['run', '--reload'])
      await sparkify(['sql', "update users set level = 'gold'"])
      await sparkify(['audit', '--json'], 3)
      await sparkify(['audit', '--full'], 3)
      await sparkify(['model', 'up', 'users'])
      await sparkify(['audit', '--full'])
      await sparkify(['sql', 'alter table users add column shoe_size integer'])
      await sparkify(['plan'])
      await sparkify(['sql', 'alter table users drop column shoe_size'])
      await sparkify(['freshness'], 3, { FRESHNESS: 'on' })
      await sparkify(['plan'], 2, { LOG_DATA: 's3:/logs', SONG_DATA: 's3:/songs' })
    })

    it('are told in lines for people', async () => {
      const documents = ['plan.json', 'run.json', 'missing.json']
      const { stdout } = await run([process.execPath, 'docs/workflows/alert.js', ...documents], {})
      const lines = stdout.trimEnd().split('\n')
      expect(lines[2]).to.match(/^- unusual: staging_events: no new page \(1\), such as \{.*Party/)
      expect(lines.slice(0, 2)).to.deep.equal([
        '- changed since it was loaded: s3://sparkify/log_data/2018/11/2018-11-01-events.json',
        '- in quarantine: s3://sparkify/log_data/2018/11/bad.json: line 1: item_in_session: Missing data for not-null field',
      ])
    })

    it('are those of a warehouse of a later version', async () => {
      const later = '29991231000100_later.ts'
      const [insert, remove] = [
        `insert into knex_migrations (name, batch) values ('${later}', 99)`,
        `delete from knex_migrations where name = '${later}'`,
      ]
      await sparkify(['sql', insert])
      for (const command of ['plan', 'run']) {
        const { stderr } = await sparkify([command], 2)
        expect(stderr).to.match(
          /^The warehouse has 1 migration not in migrations\/, such as 2999.*`npx knex/m,
        )
      }
      await sparkify(['sql', remove])
    })

    it('are quoted as they are printed', () => {
      const printed = plain(`${said}\n${sourcesText()}`)
      for (const quoted of symptoms()) {
        const pattern = plain(quoted).split('…').map(escaped).join('[^\\n]{0,200}?')
        expect(new RegExp(pattern).test(printed), quoted).to.equal(true)
      }
      expect(symptoms()).to.have.length.above(25)
    })
  })

  describe('the numbers for monitors', () => {
    const rows = [...page.matchAll(/^\| (`\w+`|any.*?) +\| `(.+?)` +\|/gm)]

    for (const [, named, expression] of rows.filter(([, , text]) => text!.includes('d.'))) {
      it(`${named}: ${expression}`, async () => {
        const command = /^`/.test(named!) ? named!.slice(1, -1) : 'audit'
        const { stdout } = await sparkify([command, '--json'])
        const context = { d: JSON.parse(stdout) as object }
        expect(Number(runInNewContext(expression!, context))).to.be.at.least(0)
      })
    }

    it('are there', () => expect(rows).to.have.length.above(8))
  })

  describe('what to watch on Redshift', () => {
    const watching = sections.get('What to watch on Redshift')!

    for (const statement of codeIn('What to watch on Redshift', 'sql')) {
      const isAbsent = statement.startsWith('-- Amazon Redshift only')
      const [, relation] = /^from (\w+)/m.exec(statement)!
      it(`${relation}: ${isAbsent ? 'only Amazon Redshift has it' : 'is a query of the local Redshift too'}`, async () => {
        const file = join(commands.folder, 'watch.sql')
        fs.writeFileSync(file, statement)
        const { stderr } = await sparkify(['sql', '--file', file], isAbsent ? 2 : 0)
        if (isAbsent) expect(stderr).to.match(/ \w+ is not kept by the local Redshift\.$/m)
      })
    }

    for (const [, statement] of watching.matchAll(/`((?:vacuum|analyze) \w+)`/g))
      it(statement!, () => sparkify(['sql', statement!]))
  })
})

/** The code in the blocks of a language, in a section. */
function codeIn(section: string, language: string): string[] {
  const blocks = sections
    .get(section)!
    .matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))
  return [...blocks].map(([, text]) => text!.trim())
}

/** True where a step of the workflow is run: what its `if` says, of those that the file has. */
function isDue(condition: string | undefined, failed: boolean, outputs: string): boolean {
  if (condition === 'always()') return true
  if (failed || condition === undefined) return !failed
  const [, name, value] = /^steps\.plan\.outputs\.(\w+) == '(\w+)'$/.exec(condition)!
  return outputs.split('\n').includes(`${name}=${value}`)
}

/** The messages in bold that the page quotes. */
function symptoms(): string[] {
  return [...page.matchAll(/\*\*(`+)(.+?)\1\*\*/gs)].map(([, , text]) => text!)
}

/** What the product may print, as it stands in its sources, with … for what is put in. */
function sourcesText(): string {
  const folders = ['lib', 'scripts', 'sources', 'models', 'object-store', 'redshift-local']
  const files = folders.flatMap((folder) =>
    fs
      .readdirSync(join(projectFolder, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(folder, name)),
  )
  return files
    .map(textOf)
    .join('\n')
    .replace(/['"`] \+\n\s*['"`]/g, '')
    .replace(/\$\{[^{}`]*\}/g, '…')
}

const plain = (text: string) => text.replace(/[^\S\n]+/g, ' ')
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Gives a folder with all in it to the ordinary user. */
function own(folder: string): void {
  const { uid, gid } = nobody
  const names = fs.statSync(folder).isDirectory()
    ? fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })
    : []
  for (const file of [folder, ...names.map((name) => join(folder, name))])
    if (!file.includes('node_modules')) fs.lchownSync(file, uid, gid)
}
