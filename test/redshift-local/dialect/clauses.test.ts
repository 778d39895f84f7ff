import { expect } from 'chai'
import { clauseRules } from '../../../redshift-local/dialect/clauses'
import { useDialect, values } from './warehouse'

describe('clauses that another query stands for', () => {
  useDialect()

  for (const { word, example, expected } of clauseRules) {
    it(`${word}: ${example}`, async () => {
      expect(await values(example)).to.deep.equal(expected)
    })
  }
})
