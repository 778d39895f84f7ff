import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Draft } from '../../../lib/scaffold/draft'
import { withAudit, withModel } from '../../../lib/scaffold/edit'
import { prepare, write } from '../../../lib/scaffold/write'
import { UsageError } from '../../../lib/warehouse/errors'

const index = `import type { Model } from './model'
import { songs } from './songs'

export const models: Model[] = [songs]
`

describe('files of something new', () => {
  const folder = mkdtempSync(join(tmpdir(), 'scaffold-'))
  const at = (name: string) => join(folder, name)
  const drafts: Draft[] = [
    { path: at('data/a.json'), text: '{"a":   1}\n', isData: true },
    { path: at('more/a.ts'), text: 'export const a = "a";' },
    { path: at('a.sql'), text: 'select 1;\n' },
    { path: at('index.ts'), edit: (text) => withModel(text, 'plays') },
  ]
  const states = async () => (await prepare(drafts)).map(({ state }) => state)

  beforeEach(() => {
    for (const name of readdirSync(folder)) rmSync(at(name), { recursive: true })
    writeFileSync(at('index.ts'), index)
  })
  after(() => rmSync(folder, { recursive: true }))

  it('are formatted as the project is, data as it stands, and entered in the order of names', async () => {
    write(await prepare(drafts))
    const texts = ['data/a.json', 'more/a.ts', 'index.ts'].map((name) =>
      readFileSync(at(name), 'utf8'),
    )
    expect(texts).to.deep.equal([
      '{"a":   1}\n',
      "export const a = 'a'\n",
      index
        .replace('import { songs }', "import { plays } from './plays'\nimport { songs }")
        .replace('[songs]', '[songs, plays]'),
    ])
    expect(await states()).to.deep.equal(drafts.map(() => 'unchanged'))
  })

  for (let done = 0; done <= drafts.length; done++) {
    it(`are written by the next run where ${done} of them were when it was killed`, async () => {
      write((await prepare(drafts)).slice(0, done))
      writeFileSync(at('a.sql.4194305.partial'), 'sel') // no process has that number
      const before = await states()
      expect(before.slice(0, done)).to.deep.equal(Array.from({ length: done }, () => 'unchanged'))
      expect(before.slice(done)).to.not.include('unchanged')
      write(await prepare(drafts))
      expect(await states()).to.deep.equal(drafts.map(() => 'unchanged'))
      expect(readdirSync(folder)).to.have.members(['data', 'more', 'a.sql', 'index.ts'])
    })
  }

  it('are refused as a whole where some are there with another content', async () => {
    writeFileSync(at('a.sql'), 'select 2;\n')
    const error = await prepare(drafts).catch((reason: unknown) => reason)
    expect(error).to.be.instanceOf(UsageError)
    expect(String(error)).to.contain(`${at('a.sql')} is there already, with another content`)
    expect(existsSync(at('more'))).to.equal(false)
  })

  it('do not replace one that came to be meanwhile', async () => {
    const prepared = await prepare(drafts)
    writeFileSync(at('a.sql'), 'select 2;\n')
    expect(() => write(prepared)).to.throw(UsageError, 'a.sql cannot be written')
    expect(readFileSync(at('a.sql'), 'utf8')).to.equal('select 2;\n')
    expect(readFileSync(at('index.ts'), 'utf8')).to.equal(index)
  })

  it('need the file that they are entered in, and a list there', async () => {
    rmSync(at('index.ts'))
    const error = await prepare(drafts).catch((reason: unknown) => reason)
    expect(String(error)).to.contain('index.ts is not there')
    expect(() => withModel('export const models = all()', 'plays')).to.throw(
      UsageError,
      'models/index.ts has no list',
    )
    expect(() => withAudit('models/a.ts', 'model({})', audit)).to.throw(UsageError, 'has no list')
  })

  const audit = { name: 'b', audit: '{ name: "b", holds: "b > 0" }', isTaken: false }
  const modelWith = (audits: string) => `export const a = model({ name: 'a', audits: [${audits}] })`

  for (const [what, audits, expected] of [
    ['none', '', audit.audit],
    [
      'others',
      "notNull('a'), { name: 'a', holds: 'a' }",
      `notNull('a'), { name: 'a', holds: 'a' }, ${audit.audit}`,
    ],
    ['the same', "{ name: 'b', holds: 'b > 0', }", "{ name: 'b', holds: 'b > 0', }"],
  ] as const) {
    it(`give a model an audit beside ${what}`, () => {
      expect(withAudit('a.ts', modelWith(audits), audit)).to.equal(modelWith(expected))
    })
  }

  it('give a model no second audit of one name', () => {
    const other = modelWith("{ name: 'b', holds: 'b > 1' }")
    expect(() => withAudit('a.ts', other, audit)).to.throw(UsageError, 'another audit "b"')
    const made = { ...audit, isTaken: true }
    expect(() => withAudit('a.ts', modelWith("made('b')"), made)).to.throw(UsageError, 'another')
  })
})
