import { expect } from 'chai'
import { valueText } from '../../../lib/cluster/plan'
import { fitted } from '../../../lib/cluster/terminal'

describe('Lines at the edge of the terminal', () => {
  for (const [title, text, expected] of [
    ['are broken at blanks', 'one two three four', 'one two\nthree four'],
    ['are kept where they fit', 'one two', 'one two'],
    [
      'are kept where they are one word',
      'https://example.com/pricing',
      'https://example.com/pricing',
    ],
    ['are each broken by themselves', 'one two three\n\nfour', 'one two\nthree\n\nfour'],
    ['go on further in where they are indented', '  + one two three', '  + one two\n    three'],
  ] as const) {
    it(title, () => expect(fitted(text, 11)).to.equal(expected))
  }

  it('are left as they are where there is no edge', () => {
    expect(fitted('one two three', Infinity)).to.equal('one two three')
  })
})

describe('A value of AWS in a line', () => {
  for (const [value, expected] of [
    [undefined, 'nothing'],
    ['dev', 'dev'],
    ['[]', 'nothing'],
    ['["a","b"]', 'a, b'],
    ['[{"IpProtocol":"tcp","FromPort":5439,"ToPort":5439}]', 'tcp 5439'],
    ['{"Statement":[{"Effect":"Allow"}]}', '{"Statement":[{"Effect":"Allow"}]}'],
    ['{broken', '{broken'],
  ] as const) {
    it(`${value} is told as ${expected}`, () => expect(valueText(value)).to.equal(expected))
  }
})
