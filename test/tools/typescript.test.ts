import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { projectFolder } from '../scripts/command'

describe('reading TypeScript', () => {
  const folder = join(tmpdir(), `typescript-${randomUUID()}`)
  const file = join(folder, 'program.ts')

  before(() => mkdirSync(folder))
  after(() => rmSync(folder, { recursive: true, force: true }))

  const run = () => {
    const words = ['-r', './tools/typescript.js', file]
    return promisify(execFile)(process.execPath, words, { cwd: projectFolder }).catch(
      (error: Error & { stdout: string; stderr: string }) => error,
    )
  }

  it('gives the same the first time, by ts-node, and then without it', async () => {
    writeFileSync(
      file,
      `// New to the cache: ${randomUUID()}
      interface Told { loaded: boolean }
      const told: Told = { loaded: Object.keys(require.cache).some((f) => f.includes('/ts-node/')) }
      console.log(JSON.stringify(told))`,
    )
    expect((await run()).stdout).to.equal('{"loaded":true}\n')
    expect((await run()).stdout).to.equal('{"loaded":false}\n')
  })

  it('sees each change of a file', async () => {
    for (const n of [1, 2, 1]) {
      writeFileSync(file, `const n: number = ${n}\nconsole.log(n)`)
      expect((await run()).stdout).to.equal(`${n}\n`)
    }
  })

  it('says the line of the file where something went wrong, both times', async () => {
    writeFileSync(
      file,
      `interface Gone {
        from: string
      }

      const none: Gone | undefined = undefined
      console.log(none!.from)`,
    )
    for (const time of ['first', 'second']) {
      expect((await run()).stderr, time).to.contain(`${file}:6:`)
    }
  })
})
