import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { useCommands } from './command'

describe('sparkify generate', () => {
  const commands = useCommands()
  const small = ['--events', '300', '--songs', '12', '--days', '2']
  const folder = (name: string) => join(commands.folder, name)
  const generate = (...words: string[]) => commands.sparkify(['generate', ...words])
  let first: Record<string, string>

  before(async () => {
    const { code, stderr } = await generate(...small, '--out', folder('first'))
    expect(code, stderr).to.equal(0)
    first = digests(folder('first'))
  })

  it('writes the same bytes for the same seed', async () => {
    const { code, stdout } = await generate(...small, '--out', folder('second'))
    expect(code).to.equal(0)
    expect(stdout).to.match(/^300 events, \d+ of them plays, in 2 files; 12 songs; [\d.]+ MB in /)
    expect(digests(folder('second'))).to.deep.equal(first)
  })

  it('writes other bytes for another seed, and says what as one JSON document', async () => {
    const { stdout } = await generate(...small, '--seed', '7', '--out', folder('other'), '--json')
    expect(JSON.parse(stdout)).to.include({ events: 300, eventFiles: 2, songs: 12, songFiles: 12 })
    expect(Object.keys(digests(folder('other'))).filter((file) => /log/.test(file))).to.deep.equal(
      Object.keys(first).filter((file) => /log/.test(file)),
    )
    expect(digests(folder('other'))).to.not.deep.equal(first)
  })

  it('tells all bad options at once, with exit code 2, and writes nothing', async () => {
    const { code, stdout, stderr } = await generate(
      ...[
        '--events',
        '-1',
        '--songs',
        '1.5',
        '--days',
        '0',
        '--seed',
        '1.5',
        '--out',
        folder('bad'),
      ],
    )
    expect(code).to.equal(2)
    expect(stdout).to.equal('')
    for (const name of ['events', 'songs', 'days', 'seed']) expect(stderr).to.contain(`${name} is `)
    expect(existsSync(folder('bad'))).to.equal(false)
  })

  it('refuses a folder that is taken, with exit code 2', async () => {
    const { code, stderr } = await generate(...small, '--out', folder('first'))
    expect(code).to.equal(2)
    expect(stderr).to.contain('--force')
    expect(digests(folder('first'))).to.deep.equal(first)
  })

  it('replaces sample data with --force, and nothing else', async () => {
    const forced = ['--seed', '7', '--out', folder('first'), '--force']
    expect((await generate(...small, ...forced)).code).to.equal(0)
    expect(digests(folder('first'))).to.deep.equal(digests(folder('other')))
    writeFileSync(join(folder('first'), 'letter.txt'), 'mine')
    const { code, stderr } = await generate(...small, ...forced)
    expect(code).to.equal(2)
    expect(stderr).to.contain('letter.txt')
    expect(readFileSync(join(folder('first'), 'letter.txt'), 'utf8')).to.equal('mine')
  })

  it('ends with exit code 2 where it cannot write', async () => {
    writeFileSync(folder('file'), '')
    const { code, stderr } = await generate(...small, '--out', join(folder('file'), 'in-it'))
    expect(code).to.equal(2)
    expect(stderr)
      .to.contain('cannot be written')
      .and.not.match(/^ +at /m)
  })
})

function digests(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort()
  const digest = (file: string) =>
    createHash('sha1')
      .update(readFileSync(join(folder, file)))
      .digest('hex')
  return Object.fromEntries(files.map((file) => [file, digest(file)]))
}
