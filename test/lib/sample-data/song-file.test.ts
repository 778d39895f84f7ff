import { expect } from 'chai'
import { dataSet, hasRealData, realData, shapesOf, textsIn } from './data-set'

describe('the song files of the sample data', () => {
  let texts: string[]

  before(async () => {
    texts = textsIn((await dataSet()).out, 'song_data')
  })

  it('are pure ASCII, in JSON with the escapes of the real ones, and no newline at the end', () => {
    for (const text of texts) expect(text).to.match(/^(?:[ -[\]-~]|\\["\\t]|\\u[0-9a-f]{4})*\}$/)
  })

  it('have the keys, order, spacing and kinds of values of the real ones', function () {
    if (!hasRealData) this.skip()
    const ofText = texts.filter((text) => !/"artist_(name|location)": \d/.test(text))
    expect(shapesOf(ofText)).to.deep.equal(shapesOf(textsIn(realData, 'song_data')))
  })
})
