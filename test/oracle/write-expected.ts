import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expectedFiles } from './expected'
import { makeSample } from './sample'

// node -r ./tools/typescript.js test/oracle/write-expected.ts: after the sample or a question has changed.
const out = resolve(__dirname, '..', '..', 'queries', 'expected', 'sample')
void write()

async function write(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sample-'))
  try {
    const files = expectedFiles(await makeSample(join(folder, 'sparkify')))
    rmSync(out, { recursive: true, force: true })
    mkdirSync(out, { recursive: true })
    for (const [name, text] of Object.entries(files)) writeFileSync(join(out, name), text)
    console.log(`${Object.keys(files).length} files in ${out}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
