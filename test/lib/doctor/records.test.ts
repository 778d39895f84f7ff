import { expect } from 'chai'
import { RecordSplitter } from '../../../lib/doctor/records'

function recordsOf(...pieces: string[]) {
  const splitter = new RecordSplitter()
  return [...pieces.flatMap((piece) => [...splitter.push(piece)]), ...splitter.end()]
}

const mixed = '{"a":"}\\"{"}\n\n{\n "b": [1]\n} [2]\nstray, {"c":3}\n{"d":4'

describe('a record splitter', () => {
  it('tells objects, arrays, strays and what is cut off, with their last lines', () => {
    const found = recordsOf(mixed).map(({ value, line, isWhole }) => ({ value, line, isWhole }))
    expect(found).to.deep.equal([
      { value: { a: '}"{' }, line: 1, isWhole: true },
      { value: { b: [1] }, line: 5, isWhole: true },
      { value: [2], line: 5, isWhole: true },
      { value: undefined, line: 6, isWhole: true },
      { value: undefined, line: 7, isWhole: false },
    ])
  })

  it('finds the same however the text is cut into pieces', () => {
    expect(recordsOf(...mixed)).to.deep.equal(recordsOf(mixed))
  })

  it('keeps the beginning only of a record that is too large', () => {
    const piece = 'x'.repeat(1024 * 1024)
    const [record] = recordsOf('{"a":"', piece, piece, piece, piece, piece, '"}')
    expect(record).to.include({ bytes: 5 * 1024 * 1024 + 8, isWhole: true })
    expect(record!.text).to.have.length(1024)
  })
})
