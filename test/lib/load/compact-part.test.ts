import { expect } from 'chai'
import { JsonBoundary } from '../../../lib/load/compact-part'

const texts = [
  { text: '', lines: 0, open: false },
  { text: '{"a":1}', lines: 1, open: false },
  { text: '{"a":1}\n', lines: 1, open: false },
  { text: '{"a":1}\n\n', lines: 2, open: false },
  { text: '{\n"a":[1,\n2]}\n{"b":2}', lines: 4, open: false },
  { text: '{"a":"} ] \\" \\\\"}', lines: 1, open: false },
  { text: '{"a":"{\\"["}', lines: 1, open: false },
  { text: '}}{"a":1}', lines: 1, open: false },
  { text: '{"a":1', lines: 1, open: true },
  { text: '{"a":[{"b":1}', lines: 1, open: true },
  { text: '{"a":"never ends}\n', lines: 1, open: true },
  { text: '{"a":"\\"}\n', lines: 1, open: true },
]

describe('The end of a JSON file', () => {
  for (const { text, lines, open } of texts) {
    it(`is ${open ? 'open' : 'closed'} after ${JSON.stringify(text)}, whole or split`, () => {
      const whole = new JsonBoundary()
      whole.push(Buffer.from(text))
      const split = new JsonBoundary()
      for (const byte of Buffer.from(text)) split.push(Buffer.from([byte]))
      for (const end of [whole, split]) {
        expect(end.lines).to.equal(lines)
        expect(end.isOpen).to.equal(open)
        expect(end.last).to.equal(Buffer.from(text).at(-1))
      }
    })
  }
})
