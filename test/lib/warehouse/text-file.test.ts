import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect } from 'chai'
import { writeText } from '../../../lib/warehouse/text-file'
import { UsageError } from '../../../lib/warehouse/errors'

describe('a text file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'text-file-'))
  const file = join(folder, 'new', 'deep', 'text')
  after(() => rmSync(folder, { recursive: true, force: true }))

  it('is written with its folders, and again only where its text is another', () => {
    expect(writeText(file, 'one')).to.equal('written')
    expect(writeText(file, 'one')).to.equal('unchanged')
    expect(writeText(file, 'two')).to.equal('changed')
    expect(readFileSync(file, 'utf8')).to.equal('two')
  })

  it('cannot be where a folder is, or below a file, which is told by its path', () => {
    const taken = join(folder, 'taken')
    mkdirSync(taken)
    for (const path of [taken, join(file, 'below')])
      expect(() => writeText(path, 'text')).to.throw(UsageError, `${path} cannot be written: `)
    expect(readdirSync(folder).sort()).to.deep.equal(['new', 'taken'])
  })

  it('keeps its former text where the new one can be written only in part', function () {
    if (process.platform === 'win32') this.skip()
    const full = join(folder, 'full')
    writeFileSync(full, 'the former text')
    const loader = resolve(__dirname, '..', '..', '..', 'tools', 'typescript.js')
    const module = resolve(__dirname, '..', '..', '..', 'lib', 'warehouse', 'text-file.ts')
    // A limit on the size of files stops a write in its middle, as a disk does that is full.
    const program = `process.on('SIGXFSZ', () => {})
      try { require('${module}').replaceFile('${full}', 'x'.repeat(1e6)); console.log('written') }
      catch ({ code }) { console.log(code) }`
    const words = [
      '-c',
      `ulimit -f 100; exec "$0" -r "$1" -e "$2"`,
      process.execPath,
      loader,
      program,
    ]
    expect(execFileSync('sh', words, { encoding: 'utf8' })).to.equal('EFBIG\n')
    expect(readFileSync(full, 'utf8')).to.equal('the former text')
    expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).to.deep.equal([])
  })
})
