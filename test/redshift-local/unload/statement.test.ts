import { expect } from 'chai'
import { tokenize } from '../../../redshift-local/dialect/tokens'
import { SqlError } from '../../../redshift-local/errors'
import {
  parseUnload,
  refusedUnloadOptions,
  unloadOptions,
} from '../../../redshift-local/unload/statement'

const parse = (clauses: string) =>
  parseUnload(tokenize(`to 's3://b/k' iam_role default ${clauses}`))

function refusal(clauses: string): SqlError {
  try {
    parse(clauses)
  } catch (error) {
    if (error instanceof SqlError) return error
  }
  throw new Error(`${clauses} was not refused`)
}

describe('An UNLOAD statement', () => {
  for (const { example } of unloadOptions)
    it(`takes ${example}, once`, () => {
      parse(example)
      expect(refusal(`${example} ${example}`).message).to.equal('conflicting or redundant options')
    })

  for (const { keywords, because } of refusedUnloadOptions)
    for (const keyword of keywords)
      it(`refuses ${keyword.toUpperCase()} by its name`, () => {
        for (const clauses of [keyword, `format as ${keyword}`])
          expect(refusal(clauses)).to.include({
            sqlstate: '0A000',
            message: `UNLOAD option ${keyword.toUpperCase()} ${because}`,
          })
      })

  it('has one format, which may be named behind FORMAT', () => {
    expect(parse('').format).to.equal('Text')
    expect(parse('format text').format).to.equal('Text')
    expect(parse('format as csv')).to.deep.equal(parse('csv'))
    expect(refusal('csv format json').message).to.equal('conflicting or redundant options')
    expect(refusal('format gzip').message).to.equal('syntax error at or near "gzip"')
    expect(refusal('json header').message).to.equal('UNLOAD option HEADER cannot be used with JSON')
  })
})
