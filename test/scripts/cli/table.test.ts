import { expect } from 'chai'
import stringWidth from 'string-width'
import { plain } from '../../../scripts/cli/colors'
import { formatTable, wrapped } from '../../../scripts/cli/table'

const rows = [
  { id: 1, title: 'A song with a long name', artist: 'Somebody' },
  { id: 20, title: '音楽 🎵 as well', artist: null },
]
const linesOf = (width = Infinity) =>
  formatTable(['id', 'title', 'artist'], rows, { ...plain, width }).split('\n')

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

  it('keeps the end of a URL, which tells it from others', () => {
    const file = 's3://bucket/log_data/2018/11/2018-11-01-events.json'
    const [, , line] = formatTable(['file'], [{ file }], { ...plain, width: 24 }).split('\n')
    expect(line).to.equal('…/2018-11-01-events.json')
  })

  it('shows a value a line where there is no room for its columns', () => {
    expect(linesOf(20)).to.deep.equal([
      '── row 1 ───────────',
      'id      1',
      'title   A song with a long name',
      'artist  Somebody',
      '── row 2 ───────────',
      'id      20',
      'title   音楽 🎵 as well',
      'artist',
    ])
  })

  it('has colors around what it shows, which take no place', () => {
    const look = {
      width: 24,
      paint: (meaning: unknown, text: string) => (meaning ? `\u001b[1m${text}\u001b[22m` : text),
    }
    const columns = ['name', 'state']
    const cells = [
      { name: 'a', state: 'bad' },
      { name: 'longer', state: '' },
    ]
    const lines = formatTable(columns, cells, look, { state: () => 'error' }).split('\n')
    expect(lines).to.deep.equal([
      '\u001b[1mname    state\u001b[22m',
      '──────  ─────',
      'a       \u001b[1mbad\u001b[22m',
      'longer',
    ])
  })

  it('shows what would move the cursor', () => {
    const [, , line] = formatTable(['a'], [{ a: '\u001b[2J\n\u009b' }]).split('\n')
    expect(line).to.equal('\\u001b[2J\\n\\u009b')
  })
})

describe('a text for a terminal', () => {
  for (const [title, text, expected] of [
    ['goes on below', 'one two three four', ['one two', 'three four']],
    ['goes on further in where it is of a list', '  one two three', ['  one two', '    three']],
    ['goes on behind its number', '1. one two three', ['1. one two', '   three']],
    ['keeps a word whole', 'in s3://bucket/key it is', ['in', 's3://bucket/key', 'it is']],
    ['keeps code as it stands', '      select a, b, c', ['      select a, b, c']],
    ['breaks JSON between its members', '{"a":1,"b":2}', ['{"a":1,', '"b":2}']],
    ['keeps lines that fit', 'one\n\n  two', ['one', '', '  two']],
    ['does not count colors', '\u001b[31mone two\u001b[39m x', ['\u001b[31mone two\u001b[39m x']],
    ['counts wide characters twice', '音楽 音楽 音', ['音楽 音楽', '音']],
  ] as const) {
    it(title, () => {
      expect(wrapped(text, 10).split('\n')).to.deep.equal(expected)
      expect(wrapped(text, Infinity)).to.equal(text)
    })
  }
})
