import { expect } from 'chai'
import { valueText } from '../../../lib/cluster/plan'

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
