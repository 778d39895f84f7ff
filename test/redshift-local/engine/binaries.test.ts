import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import { publishBinaries } from '../../../redshift-local/engine/binaries'

const nobody = { uid: 65534, gid: 65534 }

describe('a copy of the binaries, for an account that cannot reach them', () => {
  let folder: string
  let original: string
  let published: string
  const publish = () => publishBinaries(original, published, nobody)

  before(function () {
    if (process.getuid?.() !== 0) this.skip()
  })

  beforeEach(() => {
    folder = fs.mkdtempSync(join(tmpdir(), 'binaries-'))
    fs.chmodSync(folder, 0o711)
    original = join(folder, 'original')
    published = join(folder, 'published')
    fs.mkdirSync(original, { mode: 0o700 })
    for (const part of ['bin', 'lib']) fs.mkdirSync(join(original, part), { mode: 0o700 })
    fs.writeFileSync(join(original, 'bin', 'postgres'), 'a program', { mode: 0o700 })
    fs.writeFileSync(join(original, 'lib', 'libpq.so.5.18'), 'a library', { mode: 0o600 })
    fs.symlinkSync('libpq.so.5.18', join(original, 'lib', 'libpq.so'))
  })

  afterEach(() => {
    if (folder) fs.rmSync(folder, { recursive: true, force: true })
  })

  it('has its files, its links, and rights for everybody, whatever the umask', async () => {
    const umask = process.umask(0o077)
    const copy = await publish().finally(() => process.umask(umask))
    expect(dirname(copy)).to.equal(published)
    expect(rightsOf(copy)).to.deep.equal({
      '.': '755',
      bin: '755',
      'bin/postgres': '555',
      lib: '755',
      'lib/libpq.so': 'libpq.so.5.18',
      'lib/libpq.so.5.18': '444',
    })
    expect(fs.readFileSync(join(copy, 'bin', 'postgres'), 'utf8')).to.equal('a program')
  })

  it('is made once, by however many at once, and again for another version', async () => {
    const copies = await Promise.all([publish(), publish(), publish()])
    const { ino } = fs.statSync(copies[0])
    expect(new Set(copies).size).to.equal(1)
    expect(fs.statSync(await publish()).ino).to.equal(ino)
    expect(fs.readdirSync(published)).to.have.length(1)
    fs.writeFileSync(join(original, 'bin', 'postgres'), 'a later program')
    const later = await publish()
    expect(fs.readFileSync(join(later, 'bin', 'postgres'), 'utf8')).to.equal('a later program')
    expect(fs.readdirSync(published)).to.have.length(2)
  })

  it('is never half of one: not after a kill in the middle, nor where files were swept', async () => {
    const copy = await publish()
    fs.renameSync(copy, `${copy}.new-999999999-killed`)
    expect(await publish()).to.equal(copy)
    expect(fs.readdirSync(published)).to.have.length(1)
    fs.rmSync(join(copy, 'lib', 'libpq.so.5.18'))
    await publish()
    expect(fs.existsSync(join(copy, 'lib', 'libpq.so.5.18'))).to.equal(true)
  })

  it('is refused where others could put programs, or the account could not go', async () => {
    const others: Record<string, () => void> = {
      'a folder of somebody else': () => {
        fs.mkdirSync(published)
        fs.chownSync(published, 1, 1)
      },
      'a folder that all may write': () => {
        fs.mkdirSync(published)
        fs.chmodSync(published, 0o1777)
      },
      'a link': () => fs.symlinkSync(original, published),
      'in a folder that all may write': () => fs.chmodSync(folder, 0o777),
      'in a folder of root alone': () => fs.chmodSync(folder, 0o700),
    }
    for (const [what, make] of Object.entries(others)) {
      make()
      const error = await publish().catch((reason: Error) => reason.message)
      expect(error, what).to.match(/^others than root can write to |^user 65534 cannot enter /)
      fs.rmSync(published, { recursive: true, force: true })
      fs.chmodSync(folder, 0o711)
    }
  })
})

/** Each file's mode, or where a link leads, by its path. */
function rightsOf(folder: string): Record<string, string> {
  const paths = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  const entries = ['.', ...paths].map((path) => {
    const stats = fs.lstatSync(join(folder, path))
    const mode = (stats.mode & 0o777).toString(8)
    return [path, stats.isSymbolicLink() ? fs.readlinkSync(join(folder, path)) : mode]
  })
  return Object.fromEntries(entries) as Record<string, string>
}
