import { expect } from 'chai'
import { loadParser, newSession } from '../../../redshift-local/dialect/parse'
import { spellingRules } from '../../../redshift-local/dialect/spellings'
import { translate } from '../../../redshift-local/dialect/translate'

describe('words that are spelled differently for the engine', () => {
  before(loadParser)

  for (const { words, example, expected } of spellingRules) {
    it(`${words.join(', ')}: ${example}`, () => {
      expect(translate(example, newSession)[0]!.main).to.equal(expected)
    })
  }
})
