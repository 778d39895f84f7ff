import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import {
  dataSet,
  eventsIn,
  hasRealData,
  linesIn,
  realData,
  shapesOf,
  share,
  textsIn,
  type LoggedEvent,
} from './data-set'

describe('the logs of the sample data', () => {
  let out: string
  let events: LoggedEvent[]

  before(async () => {
    ;({ out, events } = await dataSet())
  })

  it('are pure ASCII, in JSON with the escapes of the real ones, and no newline at the end', () => {
    for (const text of textsIn(out, 'log_data')) {
      expect(text).to.match(/^(?:[ -.0-[\]-~\n]|\\[/"\\t]|\\u[0-9a-f]{4})*\}$/)
    }
  })

  it('have all pages', () => {
    expect(new Set(events.map((event) => event.page)).size).to.equal(13)
  })

  describe('compared with the real ones', () => {
    before(function () {
      if (!hasRealData) this.skip()
    })

    it('have lines of the same keys, order and kinds of values', () => {
      expect(shapesOf(linesIn(out))).to.deep.equal(shapesOf(linesIn(realData)))
    })

    it('have the same JSONPaths file', () => {
      const paths = (path: string): string => readFileSync(join(path, 'log_json_path.json'), 'utf8')
      expect(paths(out)).to.equal(paths(realData))
    })

    it('have pages in proportions like theirs', () => {
      const real = eventsIn(realData)
      for (const page of new Set(real.map((event) => event.page))) {
        const expected = share(real, (event) => event.page === page)
        const found = share(events, (event) => event.page === page)
        expect(found, page).to.be.within(expected / 3, Math.max(expected * 2, 0.003))
      }
    })
  })
})

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
