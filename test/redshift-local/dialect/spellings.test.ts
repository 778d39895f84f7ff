import { expect } from 'chai'
import { loadParser } from '../../../redshift-local/dialect/parse'
import { spellingRules } from '../../../redshift-local/dialect/spellings'
import { translate } from '../../../redshift-local/dialect/translate'

describe('words that are spelled differently for the engine', () => {
  before(loadParser)

  const session = { lastCopyId: -1, lastCopyCount: 0 }

  for (const { words, example, expected } of spellingRules) {
    it(`${words.join(', ')}: ${example}`, () => {
      expect(translate(example, session)[0]!.main).to.equal(expected)
    })
  }
})
