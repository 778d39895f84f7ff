import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { missingPsql } from '../../bench/psql'
import type { Report } from '../../bench/report'

const projectFolder = resolve(__dirname, '..', '..')
const program = ['-r', './tools/typescript.js', join('bench', 'main.ts')]
const hasDuckDb = existsSync(join(projectFolder, 'bench', 'node_modules', '@duckdb', 'node-api'))

describe('npm run bench', function () {
  this.timeout(240_000) // it measures, however busy the machine is
  const folder = mkdtempSync(join(tmpdir(), 'bench-test-'))
  after(() => rmSync(folder, { recursive: true, maxRetries: 10 }))

  const sizes = { events: 300, small: 100, songs: 20, rounds: 1 }
  const words = [
    ...Object.entries(sizes).flatMap(([name, value]) => [`--${name}`, String(value)]),
    ...['--folder', folder, '--out', folder],
    // The suite installs nothing.
    ...(hasDuckDb ? [] : ['--without', 'duckdb']),
  ]

  it('prints each target beside what was measured, and writes both as Markdown and JSON', async function () {
    if (missingPsql()) this.skip()
    const names = ['copy', 'song-files', 'song-objects']
    const { said, report } = await bench(...names.flatMap((name) => ['--only', name]))
    expect(said).to.match(/^\| COPY of events : `\\copy` text +\| +\d+\.\d\d × \| +1\.30 × \|/m)
    expect(said).to.match(
      /^\| \\copy binary +\| +\d+\.\d\d s \| +\d.\d+–\d.\d+ s \| +[\d,]+ \| +\d+ MB \|$/m,
    )
    expect(said).to.equal(readFileSync(join(folder, 'benchmarks.md'), 'utf8'))
    expect(report.sizes).to.include(sizes)
    expect(report.measurements.map(({ name }) => name)).to.deep.equal(names)
    expect(failures(report)).to.deep.equal([])
  })

  it('loads one more day, whose star is that of a load at once, and takes it back', async function () {
    if (process.env.LONG === undefined) this.skip()
    const { report } = await bench('--only', 'one-more-day')
    expect(report.measurements.map(({ name }) => name)).to.deep.equal(['full-run', 'one-more-day'])
    expect(failures(report)).to.deep.equal([])
    expect(report.targets.filter(({ verdict }) => verdict === 'of other sizes')).to.have.length(1)
  })

  it('skips in plain sight what it is to leave out, and gives no ratio to it', async () => {
    const { said } = await bench('--only', 'copy', '--without', 'psql', '--without', 'python')
    expect(said).to.match(/^\| \\copy text +\| skipped \|/m)
    expect(said).to.include('- Python, COPY: skipped, left out by --without')
    expect(said).to.match(/^\| COPY of events : `\\copy` text +\| +\| .*not measured \|$/m)
  })

  it('removes its work where it is interrupted, and keeps the sample', async () => {
    const child = spawn(process.execPath, [...program, ...words, '--only', 'full-run'], {
      cwd: projectFolder,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    await once(child.stderr, 'data') // it says what it measures
    child.kill('SIGINT')
    expect(await exitCode(child)).to.equal(130)
    expect(readdirSync(folder).filter((name) => name.startsWith('work-'))).to.deep.equal([])
    expect(readdirSync(folder).some((name) => name.startsWith('sample-'))).to.equal(true)
  })

  it('refuses what it does not know, all of it at once', async () => {
    const refused = (await bench('--events', 'many', '--only', 'copi', '--without', 'sqlite').catch(
      (error: Error) => error,
    )) as Error
    for (const fault of ['--events is "many"', '--only is "copi"', '--without is "sqlite"'])
      expect(refused.message).to.include(fault)
  })

  async function bench(...more: string[]) {
    const all = [...program, ...words, ...more]
    const { stdout } = await promisify(execFile)(process.execPath, all, { cwd: projectFolder })
    const report = JSON.parse(readFileSync(join(folder, 'benchmarks.json'), 'utf8')) as Report
    return { said: stdout.trimEnd() + '\n', report }
  }
})

function failures({ measurements }: Report): string[] {
  return measurements.flatMap(({ results }) => results.flatMap(({ failed }) => failed ?? []))
}

async function exitCode(child: ChildProcess): Promise<number | null> {
  child.stderr!.resume()
  const [code] = (await once(child, 'exit')) as [number | null]
  return code
}
