import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { openEngine } from '../../../redshift-local/engine/engine'
import { refusePlatform } from '../../../redshift-local/engine/platform'
import { LocalRedshiftError } from '../../../redshift-local/errors'

describe('a machine that cannot run PostgreSQL', () => {
  const { PATH } = process.env
  const platform = Object.getOwnPropertyDescriptor(process, 'platform')!
  let folder: string

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'platform-'))))
  afterEach(() => {
    process.env.PATH = PATH
    Object.defineProperty(process, 'platform', platform)
    rmSync(folder, { recursive: true })
  })

  /** What is said of it; nothing has been made by then. */
  async function refusal(): Promise<string> {
    const data = join(folder, 'warehouse')
    const error: unknown = await openEngine(data).catch((error: unknown) => error)
    expect(error).to.be.instanceOf(LocalRedshiftError)
    expect(existsSync(data)).to.equal(false)
    return (error as Error).message
  }

  for (const name of ['win32', 'freebsd']) {
    it(`is told so: one with ${name}`, async () => {
      Object.defineProperty(process, 'platform', { ...platform, value: name })
      expect(await refusal()).to.equal(
        'The local Redshift runs on Linux with glibc and on macOS, and on Windows within WSL: ' +
          `this is ${name}.`,
      )
    })
  }

  it('is told so: one where root has no setpriv', async function () {
    if (process.getuid?.() !== 0 || process.platform !== 'linux') this.skip()
    mkdirSync(join(folder, 'bin'))
    process.env.PATH = join(folder, 'bin')
    expect(await refusal())
      .to.contain('the command setpriv, ')
      .and.to.contain('install util-linux')
  })

  it('is told so: one with another C library', function () {
    if (process.platform !== 'linux') this.skip()
    const program = join(folder, 'postgres')
    writeFileSync(program, '\x7fELF\0\0/lib64/ld-linux-none.so.2\0')
    expect(() => refusePlatform(() => program)).to.throw(
      LocalRedshiftError,
      'PostgreSQL needs /lib64/ld-linux-none.so.2, which musl (Alpine Linux) does not have',
    )
  })
})
