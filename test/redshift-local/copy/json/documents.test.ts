import { expect } from 'chai'
import { DocumentReader, maxDocumentBytes } from '../../../../redshift-local/copy/json/documents'

/** What a reader tells of a file: values, and `!` with the line for each fault. */
function read(chunks: (string | Buffer)[], skipLines = 0): unknown[] {
  const told: unknown[] = []
  const reader = new DocumentReader(
    {
      done: false,
      document: (value, _source, line) => void told.push([line, value]),
      fault: (_reason, _source, line) => void told.push([line, '!']),
    },
    skipLines,
  )
  for (const chunk of chunks) reader.push(Buffer.from(chunk))
  reader.end()
  return told
}

const files: { is: string; text: string; told: unknown[]; skipLines?: number }[] = [
  { is: 'an empty file', text: '', told: [] },
  { is: 'white space', text: ' \n\r\n\t', told: [] },
  {
    is: 'one object a line',
    text: '{"a":1}\n{"a":"é\\n"}\n',
    told: [
      [1, { a: 1 }],
      [2, { a: 'é\n' }],
    ],
  },
  {
    is: 'no line end at the end, blank lines, CRLF',
    text: '{"a":1}\r\n\r\n {"a":2}',
    told: [
      [1, { a: 1 }],
      [3, { a: 2 }],
    ],
  },
  {
    is: 'several on a line',
    text: '{"a":1}{"a":2} {"a":"}{"}\n[3]',
    told: [
      [1, { a: 1 }],
      [1, { a: 2 }],
      [1, { a: '}{' }],
      [2, [3]],
    ],
  },
  {
    is: 'objects over many lines',
    text: '{\n  "a": [1,\n 2],\n "b": {"c": "\\"{"}\n}\n{\n}\n',
    told: [
      [5, { a: [1, 2], b: { c: '"{' } }],
      [7, {}],
    ],
  },
  {
    is: 'commas between objects, each a fault',
    text: '{"a":1},\n{"a":2},\n{"a":3}\n',
    told: [
      [1, { a: 1 }],
      [1, '!'],
      [2, { a: 2 }],
      [2, '!'],
      [3, { a: 3 }],
    ],
  },
  { is: 'an enclosing array', text: '[{"a":1},\n{"a":2}]', told: [[2, [{ a: 1 }, { a: 2 }]]] },
  {
    is: 'a bracket too many',
    text: '{"a":1}}\n[]]\n{}',
    told: [
      [1, { a: 1 }],
      [1, '!'],
      [2, []],
      [2, '!'],
      [3, {}],
    ],
  },
  {
    is: 'a line that is not JSON',
    text: '{"a":1}\nhello world {"a":0}\n{"a":2}\n',
    told: [
      [1, { a: 1 }],
      [2, '!'],
      [3, { a: 2 }],
    ],
  },
  {
    is: 'a wrong word in an object',
    text: '{"a":tru}\n{"a":2}\n',
    told: [
      [1, '!'],
      [2, { a: 2 }],
    ],
  },
  {
    is: 'a line cut within a string',
    text: '{"a":"x\n{"a":2}\n',
    told: [
      [1, '!'],
      [2, { a: 2 }],
    ],
  },
  {
    is: 'a line cut behind a comma',
    text: '{"a":1,\n{"a":2}\n',
    told: [
      [2, '!'],
      [2, { a: 2 }],
    ],
  },
  {
    is: 'a fault in an object over many lines',
    text: '{\n "a": {\n  "b" 1\n }\n}\n{\n "a": 2\n}\n',
    told: [
      [3, '!'],
      [8, { a: 2 }],
    ],
  },
  {
    is: 'a file cut within an object',
    text: '{"a":1}\n{"a":\n',
    told: [
      [1, { a: 1 }],
      [3, '!'],
    ],
  },
  {
    is: 'scalars at the root',
    text: '5\n"x"\nnull\n{}',
    told: [
      [1, '!'],
      [2, '!'],
      [3, '!'],
      [4, {}],
    ],
  },
  {
    is: 'a header to be left out',
    text: 'head\n{"a":0}\n{"a":1}',
    skipLines: 2,
    told: [[3, { a: 1 }]],
  },
]

describe('A data file of JSON', () => {
  for (const { is, text, told, skipLines } of files)
    it(`may be ${is}`, () => {
      expect(read([text], skipLines)).to.deep.equal(told)
      const bytes = Buffer.from(text)
      for (let cut = 1; cut < bytes.length; cut++)
        expect(read([bytes.subarray(0, cut), bytes.subarray(cut)], skipLines)).to.deep.equal(told)
      expect(
        read(
          Array.from(bytes, (byte) => Buffer.from([byte])),
          skipLines,
        ),
      ).to.deep.equal(told)
    })

  it('has no object of more than 4 MB, and what follows is read', () => {
    const piece = '"x\\"y",\n'.repeat(10_000)
    const chunks = ['{"a":1}\n[', ...Array<string>(80).fill(piece), '1]\n{"a":2}\n']
    expect(read(chunks)).to.deep.equal([
      [1, { a: 1 }],
      [800_002, '!'],
      [800_003, { a: 2 }],
    ])
    const large = JSON.stringify({ a: 'é'.repeat(maxDocumentBytes / 2) })
    expect(read([`${large}\n{}`])).to.deep.equal([
      [1, '!'],
      [2, {}],
    ])
  })

  it('may have an object of nearly 4 MB', () => {
    const value = { a: 'x'.repeat(maxDocumentBytes - 10) }
    expect(read([JSON.stringify(value)])).to.deep.equal([[1, value]])
  })

  it('marks bytes that are not UTF-8', () => {
    const bytes = Buffer.concat([
      Buffer.from('{"a":"'),
      Buffer.from([0xc3, 0x28, 0xff]),
      Buffer.from('é"}\n'),
    ])
    expect(read([bytes])).to.deep.equal([[1, { a: '\udcc3(\udcffé' }]])
    expect(read(Array.from(bytes, (byte) => Buffer.from([byte])))).to.deep.equal(read([bytes]))
  })

  it('is read no further when its handler is done', () => {
    let documents = 0
    const handler = {
      get done() {
        return documents === 2
      },
      document: () => void documents++,
      fault: () => undefined,
    }
    const reader = new DocumentReader(handler)
    reader.push(Buffer.from('{}{}{}{}\n{}'))
    reader.end()
    expect(documents).to.equal(2)
  })
})
