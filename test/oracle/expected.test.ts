import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { expectedFolder } from '../../lib/questions/dataset'
import { expectedFiles } from './expected'
import { makeSample } from './sample'

describe('the answers expected of the sample', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sample-'))
  const committed = join(expectedFolder, 'sample')
  let files: Record<string, string>

  before(async () => {
    files = expectedFiles(await makeSample(join(folder, 'sparkify')))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  it('are those of the oracle, to the letter', () => {
    for (const name of readdirSync(committed)) {
      expect(readFileSync(join(committed, name), 'utf8'), name).to.equal(files[name])
    }
  })

  it('are all there', () => {
    expect(readdirSync(committed)).to.have.members(Object.keys(files))
  })
})
