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
import { updateEnvFile } from '../../../lib/cluster/env-file'
import { UsageError } from '../../../lib/warehouse/errors'

const projectFolder = join(__dirname, '..', '..', '..')

describe('the settings file', () => {
  let folder: string
  let file: string
  const text = () => readFileSync(file, 'utf8')
  const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'env-file-'))
    file = join(folder, '.env')
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('is made where there is none, for its owner only', async () => {
    expect(await updateEnvFile({ REDSHIFT_HOST: 'a.b', REDSHIFT_PORT: '5439' }, file)).to.equal(
      undefined,
    )
    expect(text()).to.equal('REDSHIFT_HOST=a.b\nREDSHIFT_PORT=5439\n')
    expect(modeOf(file)).to.equal('600')
    expect(readdirSync(folder)).to.deep.equal(['.env'])
  })

  it('keeps what else stands there, and the former file aside', async () => {
    const former = [
      '\uFEFF# mine',
      '',
      'export  A = "one"   # why',
      "B='two",
      "A=not an entry'",
      'a line of no meaning',
      'C: three',
      'D=',
      '  # A=1',
      'REDSHIFT_USER=old',
      'LAST=x',
    ].join('\r\n')
    writeFileSync(file, former, { mode: 0o644 })
    const aside = await updateEnvFile(
      { A: 'eins', C: 'drei', D: 'v i', NEW: '#', REDSHIFT_USER: undefined, NOT_THERE: undefined },
      file,
    )
    expect(text()).to.equal(
      [
        '\uFEFF# mine',
        '',
        'export  A = eins   # why',
        "B='two",
        "A=not an entry'",
        'a line of no meaning',
        'C: drei',
        "D='v i'",
        '  # A=1',
        'LAST=x',
        "NEW='#'",
        '',
      ].join('\r\n'),
    )
    expect(aside).to.match(/[/\\]\.env\.before-\d{4}-\d\d-\d\dT\d{6}\.\d{3}Z$/)
    expect(readFileSync(aside!, 'utf8')).to.equal(former)
    expect([modeOf(file), modeOf(aside!)]).to.deep.equal(['600', '600'])
  })

  it('keeps every former file, however fast they follow each other', async () => {
    const asides = new Set<string | undefined>()
    for (let i = 0; i < 20; i++) asides.add(await updateEnvFile({ COUNT: String(i) }, file))
    expect(asides.size).to.equal(20)
    expect(readdirSync(folder)).to.have.length(20)
  })

  it('is not written where nothing changes', async () => {
    writeFileSync(file, 'A="x"\nB=y')
    const { mtimeMs } = statSync(file)
    expect(await updateEnvFile({ A: 'x', B: 'y', C: undefined }, file)).to.equal(undefined)
    expect(statSync(file).mtimeMs).to.equal(mtimeMs)
    expect(readdirSync(folder)).to.deep.equal(['.env'])
  })

  it('sets the last of several entries, which counts, and removes them all', async () => {
    writeFileSync(file, 'A=1\nB=2\nA=3\n')
    await updateEnvFile({ A: '4' }, file)
    expect(text()).to.equal('A=1\nB=2\nA=4\n')
    await updateEnvFile({ A: undefined }, file)
    expect(text()).to.equal('B=2\n')
  })

  it('reads back as what was written, whatever it is', async () => {
    const letters = [...'aZ09 #$\'"`\\=:;!%&*~é\t{}()<>|nr']
    const random = randomOf(2018)
    const word = () =>
      Array.from({ length: random(12) }, () => letters[random(letters.length)]).join('')
    let expected: Record<string, string> = {}
    let refused = 0
    for (let i = 0; i < 400; i++) {
      const name = `NAME_${random(6)}`
      const value = word()
      const before = text_()
      try {
        await updateEnvFile({ [name]: value }, file)
        expected = { ...expected, [name]: value }
      } catch (error) {
        expect(error).to.be.instanceOf(UsageError)
        expect(value, 'refused').to.match(/'.*"|".*'|\\/)
        expect(text_()).to.equal(before)
        refused++
      }
      expect(parse(text_())).to.deep.equal(expected)
    }
    expect(refused).to.be.below(40)

    function text_(): string {
      return Object.keys(expected).length > 0 ? text() : ''
    }
  })

  for (const value of ['a\nb', 'a\rb', '\'"` # all the quotes']) {
    it(`refuses ${JSON.stringify(value)} without showing it`, async () => {
      writeFileSync(file, 'A=1\n')
      const error = await rejection(updateEnvFile({ PASSWORD: value }, file))
      expect(error).to.be.instanceOf(UsageError)
      expect(error.message).to.match(/^PASSWORD has a value that .env cannot hold: one line/)
      expect(error.message).to.not.contain(value)
      expect(text()).to.equal('A=1\n')
    })
  }

  const places: [title: string, make: () => string, said: RegExp][] = [
    [
      'a symbolic link',
      () => {
        writeFileSync(join(folder, 'elsewhere'), 'A=1')
        symlinkSync(join(folder, 'elsewhere'), file)
        return file
      },
      /\.env is a symbolic link: a text file of its own is expected/,
    ],
    [
      'a folder',
      () => {
        mkdirSync(file)
        return file
      },
      /\.env is no file: a text file/,
    ],
    [
      'a file in another encoding',
      () => {
        writeFileSync(file, Buffer.from('A=\xe9', 'latin1'))
        return file
      },
      /\.env is not in UTF-8: a text file/,
    ],
    [
      'a folder that is missing',
      () => join(folder, 'no', '.env'),
      /^The settings cannot be written to .*\.env \(ENOENT.*\): a file in a folder that may be written/,
    ],
    [
      'a file where its folder is expected',
      () => {
        writeFileSync(join(folder, 'file'), '')
        return join(folder, 'file', '.env')
      },
      /^The settings cannot be written to .*\(ENOTDIR/,
    ],
  ]
  for (const [title, make, said] of places) {
    it(`refuses ${title}`, async () => {
      const error = await rejection(updateEnvFile({ A: '2' }, make()))
      expect(error).to.be.instanceOf(UsageError)
      expect(error.message).to.match(said)
    })
  }

  it('is the former or the new one after kill -9', async () => {
    const length = 100_000
    const script = `
      const { updateEnvFile } = require('./lib/cluster/env-file.ts')
      const write = async () => {
        for (let i = 0; ; i++) {
          const A = 'xy'[i % 2].repeat(${length})
          await updateEnvFile({ A, COUNT: String(i) }, process.argv[1])
          console.log(i)
        }
      }
      void write()`
    for (const rounds of [1, 2, 3, 5, 8]) {
      const child = spawn(process.execPath, ['-r', './tools/typescript.js', '-e', script, file], {
        cwd: projectFolder,
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      for (let i = 0; i < rounds; i++) await once(child.stdout, 'data')
      child.kill('SIGKILL')
      await once(child, 'close')
      const { A, COUNT } = parse(text())
      expect(A === 'xy'[Number(COUNT) % 2]!.repeat(length), 'A is whole').to.equal(true)
      expect(modeOf(file)).to.equal('600')
    }
  })
})

async function rejection(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => expect.fail('nothing was thrown'),
    (error: Error) => error,
  )
}

/** Whole numbers below a limit, the same ones for the same seed. */
function randomOf(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return Math.floor((state / 2 ** 31) * limit)
  }
}
