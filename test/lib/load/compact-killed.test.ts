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
  const kept: number[] = []
  after(() => buckets.remove())

  it('at any step, and run again, holds each file once, in parts that are finished', async () => {
    for (let id = 0; id < 50; id++) buckets.put(`${id}`, hardToCompress(id))
    const undisturbed = new TestBuckets()
    const { steps, parts } = await compactInChild(copyOf(buckets, undisturbed).folder, partBytes)
    undisturbed.remove()
    expect(parts).to.be.above(1)
    const expected = Array.from({ length: 50 }, (_, id) => hardToCompress(id)).sort()
    const killedAt = Array.from({ length: steps }, (_, index) => index + 1)
    const atOnce = 3
    await Promise.all(
      Array.from({ length: atOnce }, async (_, first) => {
        for (const step of killedAt.filter((step) => step % atOnce === first)) {
          const { finished, lines } = await afterKill(buckets, step)
          expect(lines, `killed at step ${step}`).to.deep.equal(expected)
          kept.push(finished)
        }
      }),
    )
    // What was finished when it was killed is not written again.
    expect(Math.max(...kept)).to.be.above(0)
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

/** What the parts hold when a compaction was killed at a step and run again, and how many of them were finished. */
async function afterKill(
  original: TestBuckets,
  step: number,
): Promise<{ finished: number; lines: string[] }> {
  const buckets = copyOf(original, new TestBuckets())
  try {
    expect(await signalOf(compactInChild(buckets.folder, partBytes, step))).to.equal('SIGKILL')
    const files = await buckets.files()
    const size = { partBytes, slices: 1 }
    const { parts, written } = await compactFiles(buckets.store, partsFolder, files, size)
    const lines = parts.flatMap((part) => buckets.textOf(part).split('\n'))
    return { finished: parts.length - written.length, lines: lines.sort() }
  } finally {
    buckets.remove()
  }
}

// With the times of the files: they are their etags.
function copyOf(original: TestBuckets, copy: TestBuckets): TestBuckets {
  cpSync(original.folder, copy.folder, { recursive: true, preserveTimestamps: true })
  return copy
}
