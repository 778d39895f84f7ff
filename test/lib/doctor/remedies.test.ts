import { expect } from 'chai'
import type { Fault } from '../../../lib/doctor/diagnose'
import { remedies, remedyFor } from '../../../lib/doctor/remedies'
import { adviceFor, pathsFaults, sayings } from '../../../lib/doctor/whole-copy'

const ordinary: Fault = {
  table: 'staging_songs',
  code: 1200,
  reason: 'Unknown parse error',
  column: 'title',
  type: 'varchar',
  length: '1024',
  values: [],
  bytes: 0,
  first: {
    url: 's3://bucket/file.json',
    line: 3,
    position: 0,
    rawLine: '{"title": 1}',
    value: '1',
  },
  head: '7b227469',
  key: 'title',
  json: 'auto',
}

describe('the remedies of bad rows', () => {
  for (const remedy of remedies) {
    it(`${remedy.name}: is chosen for its example, and can be pasted`, () => {
      const fault = { ...ordinary, ...remedy.example }
      expect(remedyFor(fault)).to.equal(remedy)
      const { says, paste } = remedy.advice(fault)
      expect(says)
        .to.not.match(/undefined|NaN/)
        .and.not.equal('')
      expect(paste)
        .to.be.a('string')
        .that.does.not.match(/undefined/)
        .and.not.equal('')
    })
  }
})

describe('the remedies of a COPY that failed as a whole', () => {
  for (const { example, words } of sayings) {
    it(`know "${example.slice(0, 60)}"`, () => {
      expect(sayings.find((saying) => saying.words.test(example))?.words).to.equal(words)
      expect(adviceFor(example)?.advice.says)
        .to.not.match(/undefined/)
        .and.not.equal('')
    })
  }

  it('name the files that the server named', () => {
    const words =
      'failed to inflate with lzop: unexpected end of file.\nS3 key being read : s3://b/f.gz'
    expect(adviceFor(words)?.urls).to.deep.equal(['s3://b/f.gz'])
  })

  it('say nothing of words that are not known', () => {
    expect(adviceFor('out of memory')).to.equal(undefined)
  })
})

describe('the faults of JSONPaths files', () => {
  it('are told apart by their names', () => {
    expect(new Set(pathsFaults.map(({ name }) => name))).to.have.length(pathsFaults.length)
  })
})
