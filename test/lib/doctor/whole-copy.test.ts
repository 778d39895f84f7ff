import { expect } from 'chai'
import { pathsFaults } from '../../../lib/doctor/json-paths'
import { dataSettings } from '../../../lib/warehouse/settings'
import { sourceSettings } from '../../../sources/index'
import { byWords, serverErrors } from '../../../lib/doctor/whole-copy'

describe('the remedies of a COPY that failed as a whole', () => {
  for (const { example, words } of serverErrors) {
    it(`know "${example.slice(0, 60)}"`, () => {
      expect(serverErrors.find((error) => error.words.test(example))?.words).to.equal(words)
      expect(byWords(example)[0]?.remedy.explanation)
        .to.not.match(/undefined/)
        .and.not.equal('')
    })
  }

  it('name settings that there are, with values that they may have', () => {
    const settings = [...sourceSettings, ...dataSettings]
    for (const { advice, example, words } of serverErrors) {
      const { snippet } = advice(words.exec(example)!)
      const [, name, value] = /^([A-Z_\d]+)=(.*)$/.exec(snippet!) ?? []
      if (name) expect(value).to.match(settings.find((setting) => setting.name === name)!.form)
    }
  })

  it('name the files that the server named', () => {
    const words =
      'failed to inflate with lzop: unexpected end of file.\nS3 key being read : s3://b/f.gz'
    expect(byWords(words)[0]?.examples).to.deep.equal([{ url: 's3://b/f.gz' }])
  })

  it('say nothing of words that are not known', () => {
    expect(byWords('out of memory')).to.deep.equal([])
  })
})

describe('the faults of JSONPaths files', () => {
  it('are told apart by their names', () => {
    expect(new Set(pathsFaults.map(({ name }) => name))).to.have.length(pathsFaults.length)
  })
})
