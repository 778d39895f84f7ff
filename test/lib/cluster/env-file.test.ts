import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { parse } from 'dotenv'
import { writeBlock } from '../../../lib/cluster/env-file'
import { UsageError } from '../../../lib/warehouse/errors'

const projectFolder = join(__dirname, '..', '..', '..')
const settings = { REDSHIFT_HOST: 'a.b', REDSHIFT_CLUSTER: '' }

describe('the settings file', () => {
  let folder: string
  let file: string
  const text = () => readFileSync(file, 'utf8')

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'env-file-'))
    file = join(folder, '.env')
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  for (const [title, former] of [
    ['none', undefined],
    ['an empty one', ''],
    [
      'one with lines of the user’s own',
      'A=1\nREDSHIFT_HOST=mine # why\nREDSHIFT_CLUSTER="other"\n',
    ],
    ['one without a line end', 'A=1'],
    ['one of Windows', '\uFEFF# mine\r\nexport B = "two"\r\n'],
  ] as const) {
    it(`ends in a block in place of ${title}, and is as it was once that is removed`, async () => {
      if (former !== undefined) writeFileSync(file, former, { mode: 0o644 })
      expect(await writeBlock(settings, file)).to.equal(true)
      expect(text().startsWith(former ?? '')).to.equal(true)
      expect(parse(text())).to.deep.equal({ ...parse(former ?? ''), ...settings })
      expect((statSync(file).mode & 0o777).toString(8)).to.equal('600')
      expect(await writeBlock(settings, file), 'the same again').to.equal(false)
      expect(await writeBlock({ ...settings, REDSHIFT_HOST: 'c.d' }, file)).to.equal(true)
      expect(text().match(/Written by/g)).to.have.length(1)
      await writeBlock(undefined, file)
      const gap = former === 'A=1' ? '\n' : ''
      expect(text()).to.equal((former ?? '') + gap)
      expect(readdirSync(folder)).to.deep.equal(['.env'])
    })
  }

  it('keeps what the user wrote behind the block, which goes to the end again', async () => {
    await writeBlock(settings, file)
    writeFileSync(file, `${text()}REDSHIFT_HOST=mine\nB=2\n`)
    await writeBlock(settings, file)
    expect(parse(text())).to.deep.equal({ ...settings, B: '2' })
    await writeBlock(undefined, file)
    expect(text()).to.equal('REDSHIFT_HOST=mine\nB=2\n')
  })

  it('is left as it is where a quote in it is open, with a word about it', async () => {
    writeFileSync(file, 'A="one\n')
    const error = await writeBlock({ ...settings, X: '"' }, file).catch((thrown: unknown) => thrown)
    expect(error).to.be.instanceOf(UsageError)
    expect(text()).to.equal('A="one\n')
  })

  for (const [what, make] of [
    ['a symbolic link', () => symlinkSync('elsewhere', file)],
    ['no file', () => mkdirSync(file)],
    ['not in UTF-8', () => writeFileSync(file, Buffer.from([0x41, 0xff]))],
  ] as const) {
    it(`is refused where it is ${what}`, async () => {
      make()
      const error = await writeBlock(settings, file).catch((thrown: unknown) => thrown)
      expect(error).to.be.instanceOf(UsageError)
      expect((error as Error).message).to.contain(`is ${what}`)
      expect(readdirSync(folder)).to.deep.equal(['.env'])
    })
  }

  it('is whole at any moment: the former one or the new one', async () => {
    await writeBlock(settings, file)
    const former = text()
    const program = `
      require('./tools/typescript.js')
      const { writeBlock } = require('./lib/cluster/env-file.ts')
      ;(async () => {
        console.log('begun')
        for (let i = 0; ; i++) await writeBlock({ REDSHIFT_HOST: 'x'.repeat(20000) + i }, ${JSON.stringify(file)})
      })()`
    const child = spawn(process.execPath, ['-e', program], { cwd: projectFolder })
    await once(child.stdout, 'data')
    await new Promise((resolve) => setTimeout(resolve, 50))
    child.kill('SIGKILL')
    await once(child, 'close')
    if (text() !== former) expect(parse(text()).REDSHIFT_HOST).to.match(/^x{20000}\d+$/)
  })
})
