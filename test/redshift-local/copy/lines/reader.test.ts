import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect } from 'chai'
import { Random } from '../../../../lib/sample-data/random'
import {
  DocumentReader,
  type Json,
  maxDocumentBytes,
} from '../../../../redshift-local/copy/json/documents'
import { parseJsonPaths } from '../../../../redshift-local/copy/json/paths'
import { LineEncoder } from '../../../../redshift-local/copy/lines/encoder'
import { type LineHandler, LineReader } from '../../../../redshift-local/copy/lines/reader'
import { RowBuffers } from '../../../../redshift-local/copy/row-buffers'
import { plainText } from '../../../../redshift-local/copy/load-error'
import { fieldsByName, fieldsByPath, RowEncoder } from '../../../../redshift-local/copy/rows'
import { parseCopy } from '../../../../redshift-local/copy/statement'
import { tokenize } from '../../../../redshift-local/dialect/tokens'
import { firstSeed, isLong } from '../../../long'
import { column } from '../copying'
import { realColumns } from '../real-columns'
import { type CopyCase, copyCase, ignoresCase } from './cases'

const count = Number(process.env.FILES ?? (isLong ? 20_000 : 300))
const repeated = `(FILES=${count} SEED=${firstSeed})`

/** What becomes of a file. */
class Outcome implements LineHandler {
  readonly errors: unknown[] = []
  readonly rows = new RowBuffers()
  readonly #encoder: RowEncoder
  /** Rows that no DocumentReader read. */
  taken = 0

  constructor(readonly of: Pick<CopyCase, 'fields' | 'statement'>) {
    this.#encoder = new RowEncoder(of.fields)
  }

  get done(): boolean {
    return this.errors.length >= this.of.statement.maxError
  }

  document(value: Json, source: string, line: number): void {
    const row = this.#encoder.encode(value, source)
    if (typeof row === 'string') this.rows.add(row)
    else this.errors.push({ ...row, line, source: plainText(source, 1024) })
  }

  fault(reason: string, source: string, line: number, position: number): void {
    this.errors.push({ reason, line, position, source: plainText(source, 1024) })
  }

  took(rows: number): void {
    this.taken += rows
  }

  /** Lines as the reader counted them, errors, and rows. */
  told({ lines }: { lines: number }): unknown[] {
    return [lines, this.errors, Buffer.concat(this.rows.takeRest()).toString('latin1')]
  }
}

/** What a DocumentReader alone makes of it. */
function truth(of: CopyCase): unknown[] {
  const outcome = new Outcome(of)
  const reader = new DocumentReader(outcome, of.statement.ignoreHeader)
  reader.push(of.file)
  if (!outcome.done) reader.end()
  return outcome.told(reader)
}

const encoderOf = ({ fields, statement }: CopyCase) =>
  new LineEncoder(fields, statement, ignoresCase(statement))

function read(of: CopyCase, chunks: Buffer[], encoder = encoderOf(of)) {
  const outcome = new Outcome(of)
  const reader = new LineReader(outcome, encoder, outcome.rows, of.statement.ignoreHeader)
  for (const chunk of chunks) {
    if (outcome.done) break
    // What was pushed may be overwritten afterwards.
    const bytes = Buffer.from(chunk)
    reader.push(bytes)
    bytes.fill(0x7b)
  }
  if (!outcome.done) reader.end()
  return { told: outcome.told(reader), taken: outcome.taken }
}

function chunksOf(random: Random, file: Buffer): Buffer[] {
  if (random.chance(1, 3)) return [file]
  const most = random.pick([1, 3, 40, 400])
  const chunks: Buffer[] = []
  for (let at = 0; at < file.length;) {
    const to = at + 1 + random.below(most)
    chunks.push(file.subarray(at, to))
    at = to
  }
  return chunks
}

function caseOf(ddl: string[], options: string, file: Buffer | string): CopyCase {
  const statement = parseCopy(tokenize(`copy t from 's3://b/f' iam_role default json ${options}`))
  const columns = ddl.map(column)
  const fields = fieldsByName(columns, statement, ignoresCase(statement))
  return { sql: options, statement, columns, fields, file: Buffer.from(file) }
}

describe('Lines taken from their bytes', function () {
  if (isLong) this.timeout(0)

  it(`are the rows and errors that their documents are ${repeated}`, () => {
    let [rows, taken] = [0, 0]
    for (let seed = firstSeed; seed < firstSeed + count; seed++) {
      const random = new Random(seed, 21)
      const made = copyCase(random)
      const expected = truth(made)
      const found = read(made, chunksOf(random, made.file))
      const about = `SEED=${seed} FILES=1\n${made.sql}\n${JSON.stringify(made.columns)}\n${made.file.toString()}`
      expect(found.told, about).to.deep.equal(expected)
      rows += (expected[2] as string).split('\n').length - 1
      taken += found.taken
    }
    // Else it would say nothing.
    expect(taken / rows).to.be.within(0.3, 0.95)
  })

  it(`are so wherever the file is cut in two, and when the next file is another ${repeated}`, () => {
    for (let seed = firstSeed; seed < firstSeed + count / 50; seed++) {
      const random = new Random(seed, 22)
      const made = copyCase(random)
      const encoder = encoderOf(made)
      const expected = truth(made)
      for (let at = 0; at <= Math.min(made.file.length, 300); at++) {
        const chunks = [made.file.subarray(0, at), made.file.subarray(at)]
        const found = read(made, chunks, encoder).told
        expect(found, `SEED=${seed} FILES=50, cut at ${at}`).to.deep.equal(expected)
      }
    }
  })

  const events = [
    'id integer',
    'name character varying(20)',
    'at bigint',
    'length double precision',
  ]
  const plain = [
    {
      is: 'the keys in their order',
      line: '{"id":1,"name":"x","at":1541030401785,"length":139.02688}',
    },
    { is: 'white space', line: ' { "id" : 1 , "name" : "x" }\t\r' },
    {
      is: 'another order, keys that are missing, and others',
      line: '{"at":1.0,"x":"\\u0041","id":2}',
    },
    { is: 'escapes', line: '{"name":"\\"a\\/b\\\\c\\n\\u00e9\\ud83d\\ude00"}' },
    { is: 'UTF-8', line: '{"name":"é日😀"}' },
    { is: 'numbers in strings, and none', line: '{"id":"12","at":"","length":"1.5"}' },
    { is: 'numbers for a text, and null', line: '{"id":null,"name":12.50}' },
  ]
  for (const { is, line } of plain)
    it(`are taken with ${is}`, () => {
      const made = caseOf(events, "'auto'", line)
      const { told, taken } = read(made, [made.file])
      expect(taken).to.equal(1)
      expect(told).to.deep.equal(truth(made))
    })

  it('are taken around others, which are not', () => {
    const lines = Array.from({ length: 3000 }, (_, id) =>
      id % 3 === 0 ? `{"id":[${id}],"name":"${id}"}` : `{"id":${id},"name":"${id}"}`,
    )
    const made = caseOf(events, "'auto' maxerror 100000", lines.join('\n'))
    const { told, taken } = read(made, [made.file.subarray(0, 20_000), made.file.subarray(20_000)])
    expect(taken).to.equal(2000)
    expect(told).to.deep.equal(truth(made))
  })

  it('may be as long as a document', () => {
    const long = ['text character varying(65535)', 'id integer']
    const object = (length: number) => `{"id":1,"text":"x","other":"${'é'.repeat(length / 2)}"}`
    for (const length of [
      20_000,
      65_480,
      65_500,
      70_000,
      300_000,
      maxDocumentBytes - 100,
      maxDocumentBytes,
    ]) {
      const file = ['{"id":7}', object(length), '{"id":8,"text":"\\n"}', object(length)].join('\n')
      const made = caseOf(long, "'auto' maxerror 10", file)
      const chunks: Buffer[] = []
      for (let at = 0; at < made.file.length; at += 65_536)
        chunks.push(made.file.subarray(at, at + 65_536))
      for (const pushed of [chunks, [made.file]])
        expect(read(made, pushed).told, `${length}`).to.deep.equal(truth(made))
    }
  })

  describe('of the real data', () => {
    const folder = resolve(__dirname, '../../../../../shared/real-data')
    const filesIn = (path: string) =>
      readdirSync(join(folder, path), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.json'))
        .map((file) => readFileSync(join(folder, path, file)))

    before(function () {
      if (!existsSync(folder)) this.skip()
    })

    it('are all taken, and are the rows of the documents', () => {
      const kinds: [string, string[]][] = [
        ['log_data', realEvents],
        ['song_data', realSongs],
      ]
      for (const [path, ddl] of kinds) {
        const empty = caseOf(ddl, "'auto' trimblanks", '')
        if (path === 'log_data') {
          const paths = parseJsonPaths(readFileSync(join(folder, 'log_json_path.json'), 'utf8'))!
          empty.fields = fieldsByPath(empty.columns, empty.statement, paths)
        }
        for (const file of filesIn(path)) {
          const made = { ...empty, file }
          const { told, taken } = read(made, [file])
          expect(told).to.deep.equal(truth(made))
          expect(taken).to.equal(file.toString().trimEnd().split('\n').length)
        }
      }
    })
  })
})

const { events: realEvents, songs: realSongs } = realColumns({
  text: 'character varying(1024)',
  registration: 'double precision',
  ts: 'bigint',
  user_id: 'integer',
  year: 'integer',
})
