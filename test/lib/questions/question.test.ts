import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { UsageError } from '../../../lib/warehouse/errors'
import { type Question, readQuestions } from '../../../lib/questions/question'

const header = '-- title: How many?\n-- answers: One row.\n-- key: plays\n'
const query = 'select count(*) as plays from songplays;\n'

interface Fault {
  text: string
  /** What is said, behind the name of the file. */
  says: RegExp
}

const faults: Record<string, Fault> = {
  'an unknown word': { text: `-- titel: x\n${header}${query}`, says: /:1: there is no .* "titel"/ },
  'a word that is there twice': {
    text: `${header}-- key: user_id\n${query}`,
    says: /:4: "key" is there twice/,
  },
  'a missing word': {
    text: query,
    says: /:1: the header says no title; expected .*\n.*no answers/,
  },
  'a word without a text': {
    text: header.replace('One row.', '') + query,
    says: /:1: the header says no answers/,
  },
  'a line that says nothing known': {
    text: `${header}-- by an analyst\n${query}`,
    says: /:4: "-- by an analyst" is found; expected "-- title: …"/,
  },
  'a kind of chart that is none': {
    text: `${header}-- chart: pie of plays by level\n${query}`,
    says: /:4: the chart is "pie of plays by level"; expected .* bars, columns, lines/,
  },
  'no query': { text: header, says: /:4: a query is expected, select or with; found nothing/ },
  'what is no query': { text: `${header}\ndrop table users;`, says: /:5: .* found "drop"/ },
}

describe('the questions of a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'queries-'))
  after(() => rmSync(folder, { recursive: true }))

  function read(text: string): Question {
    writeFileSync(join(folder, 'how_many.sql'), text)
    return readQuestions(folder)[0]!
  }

  it('of a folder that is missing are told of', () => {
    expect(() => readQuestions('/no/such/folder'))
      .to.throw(UsageError)
      .with.property('message')
      .that.matches(/ENOENT.*\/no\/such\/folder.*a folder of \.sql files is expected/)
  })

  it('are known by header and query', () => {
    const question = read(`${header}-- chart: lines of plays by day per level\n\n${query}`)
    expect(question).to.deep.include({
      name: 'how_many',
      title: 'How many?',
      answers: 'One row.',
      key: ['plays'],
      chart: { kind: 'lines', measure: 'plays', by: 'day', per: 'level' },
      sql: 'select count(*) as plays from songplays',
      lines: { key: 3, chart: 4, sql: 6 },
    })
  })

  it('may have texts of several lines, keys of several columns, and no chart', () => {
    const text = '-- title: a\n--   b\n-- answers: c\n-- key: d, e\n-- chart: none\n\nwith d as (…)'
    const { title, key, chart } = read(text.replaceAll('\n', '\r\n'))
    expect({ title, key, chart }).to.deep.equal({ title: 'a b', key: ['d', 'e'], chart: undefined })
  })

  for (const [what, { text, says }] of Object.entries(faults)) {
    it(`are refused for ${what}`, () => {
      expect(() => read(text)).to.throw(UsageError, new RegExp(`how_many\\.sql${says.source}`, 's'))
    })
  }
})
