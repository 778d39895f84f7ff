import { execFileSync } from 'node:child_process'
import * as fs from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { openEngine } from '../../../redshift-local/engine/engine'
import { dataFolderAt } from '../../../redshift-local/engine/data-folder'
import { refuseForeign } from '../../../redshift-local/engine/foreign'
import { useCommands } from '../../scripts/command'
import { engineStopped, prepareWarehouse } from '../../prepared-warehouse'

const nobody = 65534

describe('a folder that is no warehouse', () => {
  const commands = useCommands()
  let parent: string
  let folder: string

  beforeEach(() => {
    parent = fs.mkdtempSync(join(tmpdir(), 'foreign-'))
    folder = join(parent, 'folder')
    fs.mkdirSync(folder)
  })

  afterEach(() => fs.rmSync(parent, { recursive: true, force: true }))

  const write = (path: string, text = '') => {
    fs.mkdirSync(join(folder, path, '..'), { recursive: true })
    fs.writeFileSync(join(folder, path), text)
  }
  const refusal = () => {
    try {
      refuseForeign(dataFolderAt(folder))
      return undefined
    } catch (error) {
      return (error as Error).message
    }
  }

  const foreign: Record<string, { make: () => void; found: string }> = {
    'holds a file': { make: () => write('thesis.tex'), found: 'holds thesis.tex' },
    'holds many': {
      make: () => ['a', 'b', 'c', 'd', 'e'].forEach((name) => write(name)),
      found: 'holds a, b, c and 2 more',
    },
    "holds another program's PostgreSQL": {
      make: () => write('postgres/PG_VERSION', '18\n'),
      found: 'holds postgres',
    },
    'is a PostgreSQL': {
      make: () => write('PG_VERSION', '18\n'),
      found: 'holds PG_VERSION',
    },
    'holds buckets': { make: () => write('buckets/mine/a.json'), found: 'holds buckets' },
    'is a file': {
      make: () => {
        fs.rmdirSync(folder)
        fs.writeFileSync(folder, '')
      },
      found: 'is a file',
    },
    'is open to all': {
      make: () => fs.chmodSync(folder, 0o1777),
      found: 'is a folder of the system or of a user',
    },
    'is a link to one': {
      make: () => {
        fs.renameSync(folder, join(parent, 'other'))
        fs.writeFileSync(join(parent, 'other', 'thesis.tex'), '')
        fs.symlinkSync('other', folder)
      },
      found: 'holds thesis.tex',
    },
  }
  for (const [what, { make, found }] of Object.entries(foreign)) {
    it(`is refused, and stays as it is, where it ${what}`, async () => {
      make()
      const former = everythingIn(parent)
      const error = await openEngine(folder).catch((reason: Error) => reason)
      expect((error as Error).message).to.equal(
        `LOCAL_WAREHOUSE, ${folder}, ${found}: an empty or a new folder is expected, or one that ` +
          'a local Redshift made. Set it to another folder.',
      )
      expect(everythingIn(parent)).to.deep.equal(former)
    })
  }

  it('is refused where it is the root, a home, or a folder of the system', () => {
    for (const one of ['/', homedir(), tmpdir(), '/tmp', '/etc']) {
      folder = one
      expect(refusal(), one).to.match(/(is a folder of the system or of a user|holds .*): an empty/)
    }
    folder = join(parent, 'folder')
  })

  it('is told with exit code 2 by each command that would work there', async () => {
    write('thesis.tex')
    const former = everythingIn(parent)
    for (const words of [['sql', 'select 1'], ['run'], ['plan'], ['local', '--port=0']]) {
      const { code, stdout, stderr } = await commands.sparkify(words, { LOCAL_WAREHOUSE: folder })
      expect(code, stderr).to.equal(2)
      expect(stdout).to.equal('')
      expect(stderr).to.contain('holds thesis.tex: an empty or a new folder is expected')
    }
    expect(everythingIn(parent)).to.deep.equal(former)
  })

  it('is not one that is empty, new, or that a start left half-made', () => {
    expect(refusal()).to.equal(undefined)
    fs.mkdirSync(join(folder, 'lost+found'))
    fs.mkdirSync(join(folder, 'buckets', 'sparkify-work'), { recursive: true })
    write('postgres.new-1-a/PG_VERSION', '18\n')
    write('postgres.log')
    expect(refusal()).to.equal(undefined)
    folder = join(parent, 'new', 'one')
    expect(refusal()).to.equal(undefined)
  })

  it('is not a warehouse, whatever else lies there, with its log or its leases', async () => {
    await prepareWarehouse(folder)
    write('notes.txt')
    expect(refusal()).to.equal(undefined)
    fs.rmSync(join(folder, 'postgres.log'))
    expect(refusal()).to.contain('holds notes.txt, postgres')
    execFileSync('mkfifo', [join(folder, 'leases')])
    const engine = await openEngine(folder)
    engine.release()
    await engineStopped(folder)
  })

  it('is one of another PostgreSQL, which is told with both versions', async () => {
    await prepareWarehouse(folder)
    write('postgres/PG_VERSION', '17\n')
    if (process.getuid?.() === 0) fs.chownSync(join(folder, 'postgres'), nobody, nobody)
    const former = everythingIn(parent)
    const error = await openEngine(folder).catch((reason: Error) => reason)
    expect((error as Error).message).to.match(
      /holds data of PostgreSQL 17, and this is PostgreSQL \d\d\. Set it to another folder/,
    )
    expect(everythingIn(parent)).to.deep.equal(former)
  })
})

/** Owner, rights and time of change of all that lies below. */
function everythingIn(folder: string): string[] {
  const names = ['', ...fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()]
  return names.map((name) => {
    const { uid, gid, mode, mtimeMs, ctimeMs } = fs.lstatSync(join(folder, name))
    return [name, uid, gid, mode.toString(8), mtimeMs, ctimeMs].join(' ')
  })
}
