import { readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { models } from '../../models/index'
import { useWarehouse } from '../warehouse'
import { readUnitTests, runUnitTest } from './unit-test'

// One model a file.
const files = readdirSync(__dirname).filter((file) => file.endsWith('.yaml'))

describe('unit tests of models', () => {
  const warehouse = useWarehouse()

  for (const { model, tests } of files.map((file) => readUnitTests(join(__dirname, file)))) {
    describe(model.name, () => {
      for (const test of tests) {
        it(test.name, () => runUnitTest(warehouse.knex, model, test))
      }
    })
  }

  it('are there for every model', () => {
    expect(files).to.have.members(models.map(({ name }) => `${name}.yaml`))
  })

  it('show the expected rows beside those that came out, and leave nothing behind', async () => {
    const { model, tests } = readUnitTests(join(__dirname, 'songs.yaml'))
    const wrong = { ...tests[0]!, expect: [{ song_id: 'SO1', year: 1999 }] }
    const failed: unknown = await runUnitTest(warehouse.knex, model, wrong).catch(
      (error: unknown) => error,
    )
    expect((failed as Error).message.split('\n').map((line) => line.trimEnd())).to.deep.equal(
      [
        'songs, built as a whole:',
        'expected          │  got',
        'song_id  year     │  song_id  year',
        '───────  ──────   │  ───────  ────',
        '"SO1"    "1999"   │  "SO1"    NULL',
      ].map((line) => line.replace('   │', '  │')),
    )
    const left = await warehouse.knex.raw<{ rows: unknown[] }>('select 1 from staging_songs')
    expect(left.rows).to.deep.equal([])
  })

  for (const [what, file, text, says] of [
    ['a name that is no model', 'song.yaml', 'unit_tests: []', 'no model: expected users.yaml'],
    ['another word', 'songs.yaml', 'cases: []', '"cases" in the file: expected defaults, unit_t'],
    [
      'a table that is not staged',
      'songs.yaml',
      'unit_tests: [{ name: x, given: { songs: [] }, expect: [] }]',
      '"songs" in given of "x": expected staging_events, staging_songs',
    ],
  ] as const) {
    it(`are refused for ${what}, with what is expected`, () => {
      const path = join(tmpdir(), file)
      writeFileSync(path, text)
      expect(() => readUnitTests(path)).to.throw(says)
    })
  }
})
