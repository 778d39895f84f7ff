import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { hasPsql } from '../../bench/psql'
import { report } from '../../bench/report'

const projectFolder = resolve(__dirname, '..', '..')

describe('the benchmark of COPY', () => {
  it('prints times, ratios and peak memory of COPY and \\copy side by side', async function () {
    if (!hasPsql()) this.skip()
    const said = await benchmark('--events', '200')
    expect(said).to.match(/^200 events, one warm-up and 3 rounds, in turns$/m)
    for (const row of ['round 1', 'round 2', 'round 3', 'median']) {
      expect(said).to.match(new RegExp(`^${row} +[0-9.]+ s +[0-9.]+ s +[0-9.]+$`, 'm'))
    }
    expect(said).to.match(/^rows\/s +[\d,]+ +[\d,]+$/m)
    expect(said).to.match(/^peak memory of the process with the wire server: \S/m)
    expect(said).to.match(/^peak memory of psql: \S/m)
  })

  it('names the package that is missing where there is no psql, and gives no ratio', () => {
    const data = { events: 200, eventFiles: 30, songs: 0, songFiles: 0, plays: 160, bytes: 90_000 }
    const rounds = [{ copy: 20, psql: undefined }]
    const server = { atRest: undefined, peak: undefined }
    const said = report({ data, csvBytes: undefined, rounds, server })
    expect(said).to.include('postgresql-client')
    expect(said).to.match(/^median +0\.020 s +- +-$/m)
  })

  it('refuses a number of events that is none', async () => {
    const refused = (await benchmark('--events', 'many').catch((error: Error) => error)) as Error
    expect(refused.message).to.include('--events is "many"')
  })
})

async function benchmark(...words: string[]): Promise<string> {
  const script = join('bench', 'copy.ts')
  const all = ['-r', './tools/typescript.js', script, ...words]
  const { stdout } = await promisify(execFile)(process.execPath, all, { cwd: projectFolder })
  return stdout
}
