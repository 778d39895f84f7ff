import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'

const projectFolder = resolve(__dirname, '..', '..')

describe('the benchmark of a daily load', () => {
  it('prints a full build and a load of one more day side by side, which give the same star', async () => {
    const words = ['-r', './tools/typescript.js', 'bench/daily-load.ts', '--events', '300']
    const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: projectFolder })
    expect(stdout).to.match(/^300 events: a full build of all, and a load of one more day of \d+$/m)
    for (const step of ['staging_events', 'songplays', 'audits', 'all']) {
      expect(stdout).to.match(
        new RegExp(`^${step} +\\d+\\.\\d\\d s +\\d+\\.\\d\\d s +\\d+\\.\\d\\d$`, 'm'),
      )
    }
    expect(stdout).to.match(/^both give the same star: [0-9a-f]{16}$/m)
  })
})
