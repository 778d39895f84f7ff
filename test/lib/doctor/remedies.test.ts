import { expect } from 'chai'
import type { Fault } from '../../../lib/doctor/fault'
import { remedies, remedyFor } from '../../../lib/doctor/remedies'

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
  required: [],
  json: 'auto',
}

describe('the remedies of rejected rows', () => {
  for (const remedy of remedies) {
    it(`${remedy.name}: is chosen for its example, and can be pasted`, () => {
      const fault = { ...ordinary, ...remedy.example }
      expect(remedyFor(fault)).to.equal(remedy)
      const { explanation, snippet } = remedy.advice(fault)
      expect(explanation)
        .to.not.match(/undefined|NaN/)
        .and.not.equal('')
      expect(snippet)
        .to.be.a('string')
        .that.does.not.match(/undefined/)
        .and.not.equal('')
    })
  }
})
