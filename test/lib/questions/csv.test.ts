import { expect } from 'chai'
import { UsageError } from '../../../lib/warehouse/errors'
import { formatCsv, parseCsv } from '../../../lib/questions/csv'

const texts = ['', ' ', ' blanks ', 'a,b', '"quoted"', 'two\nlines', 'CR\r', '\r\n', 'NULL', "it's"]
const languages = ['Fröhlich', 'Море חלום', '音楽', '🎵 e\u0301', '\ufeff', '<script>', '=1+1']
const columns = ['a', 'b'].map((name) => ({ name, type: 'text' as const }))

describe('an answer as CSV', () => {
  for (const text of [...texts, ...languages]) {
    it(`keeps ${JSON.stringify(text)} beside NULL`, () => {
      const rows = [
        [text, null],
        [null, text],
        [null, null],
      ]
      const read = parseCsv('a.csv', formatCsv({ columns, rows }))
      expect(read).to.deep.equal({ columns: ['a', 'b'], rows })
    })
  }

  it('keeps NULL and the empty text of a single column', () => {
    const rows = [[null], [''], ['x'], [null]]
    const read = parseCsv('a.csv', formatCsv({ columns: columns.slice(1), rows }))
    expect(read).to.deep.equal({ columns: ['b'], rows })
  })

  it('writes NULL as nothing, the empty text as ""', () => {
    const csv = formatCsv({
      columns,
      rows: [
        [null, ''],
        [3.5, true],
      ],
    })
    expect(csv).to.equal('a,b\n,""\n3.5,true\n')
  })

  it('is read with the line ends and the mark of Windows', () => {
    const read = parseCsv('a.csv', '\ufeffa,b\r\n1,\r\n')
    expect(read).to.deep.equal({ columns: ['a', 'b'], rows: [['1', null]] })
  })

  it('is refused by file and line where it is none', () => {
    expect(() => parseCsv('a.csv', 'a,b\n1\n')).to.throw(UsageError, /^a\.csv: .* line 2$/)
  })
})
