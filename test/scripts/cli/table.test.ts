import { expect } from 'chai'
import stringWidth from 'string-width'
import { formatTable } from '../../../scripts/cli/table'

const rows = [
  { id: 1, title: 'A song with a long name', artist: 'Somebody' },
  { id: 20, title: '音楽 🎵 as well', artist: null },
]
const linesOf = (width?: number) => formatTable(['id', 'title', 'artist'], rows, width).split('\n')

describe('a table for a terminal', () => {
  it('has its columns aligned, numbers to the right, NULL left empty', () => {
    expect(linesOf()).to.deep.equal([
      'id  title                    artist',
      '──  ───────────────────────  ────────',
      ' 1  A song with a long name  Somebody',
      '20  音楽 🎵 as well',
    ])
  })

  for (const width of [37, 36, 30, 24, 22]) {
    it(`is ${width} wide at most where the terminal is`, () => {
      for (const line of linesOf(width)) expect(stringWidth(line)).to.be.at.most(width)
      expect(linesOf(width).join('').includes('…')).to.equal(width < 37)
    })
  }

  it('cuts the widest text first, and between characters', () => {
    expect(linesOf(26)).to.deep.equal([
      'id  title         artist',
      '──  ────────────  ────────',
      ' 1  A song with…  Somebody',
      '20  音楽 🎵 as…',
    ])
  })

  it('keeps numbers whole, and stays too wide rather than without texts', () => {
    expect(linesOf(5)[2]).to.equal(' 1  A song…   Somebody')
  })

  it('shows what would move the cursor', () => {
    const [, , line] = formatTable(['a'], [{ a: '\u001b[2J\n\u009b' }]).split('\n')
    expect(line).to.equal('\\u001b[2J\\n\\u009b')
  })
})
