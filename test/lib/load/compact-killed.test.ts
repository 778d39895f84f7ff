import { execFile } from 'node:child_process'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { compactFiles } from '../../../lib/load/compact'
import { partsFolder, TestBuckets } from './compact-buckets'

interface Outcome {
  parts: number
  steps: number
  /** Bytes of memory at the peak, above what the program takes. */
  taken: number
}

const partBytes = 2500

async function compactInChild(folder: string, size: number, killedAt = 0): Promise<Outcome> {
  const words = ['-r', './tools/typescript.js', join(__dirname, 'compact-child.ts')]
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--max-old-space-size=64',
    ...words,
    folder,
    String(size),
    String(killedAt),
  ])
  return JSON.parse(stdout) as Outcome
}

const signalOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: { signal?: string }) => error.signal,
  )

describe('A compaction that is killed', () => {
  const buckets = new TestBuckets()
  after(() => buckets.remove())

  it('at any step, and run again, leaves the objects of an undisturbed one', async () => {
    for (let id = 0; id < 50; id++) buckets.put(`${id}`, hardToCompress(id))
    const undisturbed = new TestBuckets()
    const { steps, parts } = await compactInChild(copyOf(buckets, undisturbed).folder, partBytes)
    const expected = undisturbed.written()
    undisturbed.remove()
    expect(parts).to.be.above(1)
    const killedAt = Array.from({ length: steps }, (_, index) => index + 1)
    const atOnce = 3
    await Promise.all(
      Array.from({ length: atOnce }, async (_, first) => {
        for (const step of killedAt.filter((step) => step % atOnce === first))
          expect(await afterKill(buckets, step), `killed at step ${step}`).to.deep.equal(expected)
      }),
    )
  })
})

describe('The memory of a compaction', () => {
  const buckets = new TestBuckets()
  after(() => buckets.remove())

  it('does not grow with the files', async () => {
    const line = `{"id":1,"text":"${'abcdefgh '.repeat(50)}"}\n`
    for (let id = 0; id < 20; id++) buckets.put(`large/${id}`, line.repeat(21_000))
    for (let id = 0; id < 500; id++) buckets.put(`small/${id}`, line.repeat(30))
    const { taken } = await compactInChild(buckets.folder, 64e6)
    const bytes = (await buckets.files()).reduce((sum, { size }) => sum + size, 0)
    expect(bytes).to.be.above(200e6)
    expect(taken).to.be.below(80e6)
  })
})

function hardToCompress(id: number): string {
  const numbers = Array.from({ length: 8 }, (_, root) => Math.sqrt(id * 8 + root))
  return JSON.stringify({ id, numbers })
}

/** What there is when a compaction was killed at a step, and run again. */
async function afterKill(original: TestBuckets, step: number): Promise<Record<string, string>> {
  const buckets = copyOf(original, new TestBuckets())
  try {
    expect(await signalOf(compactInChild(buckets.folder, partBytes, step))).to.equal('SIGKILL')
    const files = await buckets.files()
    await compactFiles(buckets.store, partsFolder, files, { partBytes, slices: 1 })
    return buckets.written()
  } finally {
    buckets.remove()
  }
}

// With the times of the files: they are their etags.
function copyOf(original: TestBuckets, copy: TestBuckets): TestBuckets {
  cpSync(original.folder, copy.folder, { recursive: true, preserveTimestamps: true })
  return copy
}
