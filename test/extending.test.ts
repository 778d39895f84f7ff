import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import ts from 'typescript'
import { type Engine, openEngine } from '../redshift-local/engine/engine'
import { copyProject } from '../tools/copied-project'
import { engineStopped } from './prepared-warehouse'
import { Commands, projectFolder } from './scripts/command'

const page = readFileSync(join(projectFolder, 'docs/extending.md'), 'utf8')

/** What a section of the page has its reader do. */
type Step =
  | { does: 'add'; path: string; text: string }
  | { does: 'change'; path: string; from: string; to: string }
  | { does: 'run'; command: string }

const programs: Record<string, string> = {
  sparkify: 'scripts/sparkify.js',
  knex: 'node_modules/knex/bin/cli.js',
  mocha: 'node_modules/mocha/bin/mocha.js',
  eslint: 'node_modules/eslint/bin/eslint.js',
  prettier: 'node_modules/prettier/bin/prettier.cjs',
}

describe('docs/extending.md', function () {
  this.timeout(240_000)
  const commands = new Commands()
  const project = join(commands.folder, 'clone')
  const warehouse = join(project, '.warehouse')
  let engine: Engine | undefined
  const run = async (command: string) => {
    const [, program, ...words] = command.match(/"[^"]*"|\S+/g)!
    const direct = [program!, ...words].map((word) => programs[word] ?? word).join(' ')
    // As a newcomer has it: nothing is set, and everything is where it is by default.
    const nothing = { LOCAL_WAREHOUSE: '', LOCAL_BUCKETS: '', REPORT: 'none' }
    const shell = [
      'sh',
      '-c',
      `cd '${project}' && exec env -u SPARKIFY_TESTS '${process.execPath}' ${direct}`,
    ]
    const { code, stdout, stderr } = await commands.spawn(shell, nothing).ended
    expect(code, `${command}\n${stdout}${stderr}`).to.equal(0)
    return stdout
  }

  before(async () => {
    copyProject(project, 'test', 'docs')
    await run('npx sparkify run')
    engine = await openEngine(warehouse) // kept running: the others are faster
  })
  after(async () => {
    engine?.release()
    await engineStopped(warehouse)
    await commands.remove()
  })

  /** What the last command of a section says at its end. */
  const ends: Record<string, RegExp> = {
    'Have it written': /^free,[1-9]\d*\r?\npaid,[1-9]/m,
    'A new column': /^ *96$/m,
    'A new table': /^ *[1-9]\d*$/m,
    'A new audit': /All \d+ audits hold/,
    'A new question': /^[A-Z].* +[1-9]/m,
    'A new source': /^staging_ads +1 +0$/m,
  }

  // What is written comes last here: the sections behind it show the list of models as it was.
  const [written, ...byHand] = sectionsOf(page)
  for (const [title, text] of [...byHand, written!]) {
    it(`${title}: takes the files that it names, and no more`, async () => {
      let said = ''
      for (const step of stepsOf(text)) {
        if (step.does === 'run') said = await run(step.command)
        else write(join(project, step.path), step)
      }
      expect(said).to.match(ends[title]!)
    })
  }

  it('has all written that it says, which is not written twice', async () => {
    const commandLines = stepsOf(written![1]).flatMap((step) =>
      step.does === 'run' && step.command.startsWith('npx sparkify new') ? [step.command] : [],
    )
    const files: string[] = []
    for (const command of commandLines) {
      const [, , ...words] = command.match(/"[^"]*"|\S+/g)!.map((word) => word.replaceAll('"', ''))
      const nothing = { LOCAL_WAREHOUSE: '', LOCAL_BUCKETS: '' }
      const { stdout } = await commands.sparkify([...words, '--json'], nothing, project)
      const document = JSON.parse(stdout) as { files: { path: string; state: string }[] }
      expect(new Set(document.files.map(({ state }) => state))).to.deep.equal(
        new Set(['unchanged']),
      )
      files.push(...document.files.map(({ path }) => path))
    }
    const stubs = ['migrations', 'seeds'].flatMap((folder) =>
      readdirSync(join(project, folder))
        .filter((file) => /_(add_a_column|more)\.ts$/.test(file))
        .map((file) => join(folder, file)),
    )
    expect(stubs).to.have.length(2)
    const own = [...files, ...stubs].filter((file) => !file.startsWith('data/'))
    const code = own.filter((file) => file.endsWith('.ts'))
    expect(code).to.have.length(13)
    await run(`npx prettier --check ${own.filter((file) => !file.endsWith('.sql')).join(' ')}`)
    await run(`npx eslint ${code.join(' ')}`)
    expect(
      typeFaults(
        project,
        code.map((file) => join(project, file)),
      ),
    ).to.deep.equal([])
  })

  it('has a section for all that is tried', () => {
    expect(sectionsOf(page).map(([title]) => title)).to.have.members(Object.keys(ends))
  })
})

/** What the compiler says against files of the project. */
function typeFaults(project: string, files: string[]): string[] {
  const { config } = ts.readConfigFile(join(project, 'tsconfig.json'), (file) =>
    ts.sys.readFile(file),
  ) as { config: unknown }
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, project)
  const program = ts.createProgram(files, options)
  return files.flatMap((file) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .map(({ messageText }) => `${file}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`),
  )
}

function sectionsOf(text: string): [title: string, text: string][] {
  return text
    .split(/^## /m)
    .slice(1)
    .map((section) => [section.split('\n', 1)[0]!, section])
}

function stepsOf(section: string): Step[] {
  const steps: Step[] = []
  let path = ''
  for (const [, named, language, text] of section.matchAll(
    /^(?:(?:Add|Change) `([^`]+)`:\n\n)?```(\w+)\n(.*?)^```$/gms,
  )) {
    path = named ?? path
    if (language === 'sh') {
      for (const command of text!.trim().split('\n')) steps.push({ does: 'run', command })
    } else if (language === 'diff') steps.push({ does: 'change', path, ...sidesOf(text!) })
    else steps.push({ does: 'add', path, text: text! })
  }
  return steps
}

/** A diff's text before and after. */
function sidesOf(diff: string): { from: string; to: string } {
  const lines = diff.trimEnd().split('\n')
  const side = (other: string) =>
    lines.filter((line) => !line.startsWith(other)).map((line) => `${line.slice(1)}\n`)
  return { from: side('+').join(''), to: side('-').join('') }
}

function write(file: string, step: Exclude<Step, { does: 'run' }>): void {
  if (step.does === 'add') {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, step.text, { flag: 'wx' })
    return
  }
  const before = readFileSync(file, 'utf8')
  expect(before.split(step.from), `${step.path} has once:\n${step.from}`).to.have.lengthOf(2)
  writeFileSync(
    file,
    before.replace(step.from, () => step.to),
  )
}
