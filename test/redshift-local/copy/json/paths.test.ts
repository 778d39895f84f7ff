import { expect } from 'chai'
import type { Json } from '../../../../redshift-local/copy/json/documents'
import { getter, parseJsonPaths, rawValueAt } from '../../../../redshift-local/copy/json/paths'

const paths = (...list: unknown[]) => parseJsonPaths(JSON.stringify({ jsonpaths: list }))

describe('A JSONPaths file', () => {
  it('has bracket notation or dot notation', () => {
    expect(paths("$['a']", "$['b']['c d'][0]", '$[2]')).to.deep.equal([['a'], ['b', 'c d', 0], [2]])
    expect(paths('$.a', '$.b.c[0].d')).to.deep.equal([['a'], ['b', 'c', 0, 'd']])
  })

  it('means auto where it has no "jsonpaths"', () => {
    expect(parseJsonPaths('{"jsonPaths": []}')).to.equal(undefined)
  })

  for (const wrong of [
    '$',
    'a',
    '$.',
    "$['a'",
    '$[*]',
    '$.*[*]',
    '$..a',
    "$['a'].b",
    "$.a['b']",
    '$[-1]',
    "$['']",
  ])
    it(`cannot have ${wrong}`, () => {
      expect(() => paths(wrong))
        .to.throw(`Invalid JSONPath format.`)
        .with.property('sqlstate', 'XX000')
    })

  it('cannot mix the notations', () => {
    expect(() => paths('$.a', "$['b']")).to.throw('Invalid JSONPath format.')
  })

  for (const wrong of [
    '',
    '{"jsonpaths":["$.a"]',
    '[]',
    '{} {}',
    '{"jsonpaths":{}}',
    '{"jsonpaths":[""]}',
    '{"jsonpaths":[1]}',
  ])
    it(`cannot be ${wrong || 'empty'}`, () => {
      expect(() => parseJsonPaths(wrong)).to.throw('Invalid JSONPaths file')
    })
})

describe('A path', () => {
  const document = '{"a" : {"b": [10.0, {"2": 1, "1": "x y"}]}, "n": null, "a\\u0062": 1e2}'
  const get = (...path: (string | number)[]) => getter(path)(JSON.parse(document) as Json)

  it('leads to a value, or to nothing', () => {
    expect(get('a', 'b', 0)).to.equal(10)
    expect(get('a', 'c')).to.equal(undefined)
    expect(get('c', 'd')).to.equal(undefined)
    expect(get('n', 'd')).to.equal(undefined)
    for (const inherited of ['constructor', 'toString', '__proto__'])
      expect(get(inherited)).to.equal(undefined)
  })

  it('has its elements in the data', () => {
    const words = 'Invalid JSONPath format: Not an array or index out of range.'
    expect(() => get('a', 'b', 2)).to.throw(words)
    expect(() => get('a', 0)).to.throw(words)
    expect(() => get('a', 'b', 'c')).to.throw('Invalid JSONPath format: Member is not an object.')
  })

  it('leads to the value as it is written, without white space around its parts', () => {
    expect(rawValueAt(['a', 'b', 0], document)).to.equal('10.0')
    expect(rawValueAt(['a', 'b', 1], document)).to.equal('{"2":1,"1":"x y"}')
    expect(rawValueAt(['ab'], document)).to.equal('1e2')
    expect(rawValueAt([1], '[ [ ] , [ true ] ]')).to.equal('[true]')
  })
})
