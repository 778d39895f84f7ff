import type { Random } from '../../../../lib/sample-data/random'
import { targetColumns, type TableColumn } from '../../../../redshift-local/copy/column'
import type { Path } from '../../../../redshift-local/copy/json/paths'
import { fieldsByName, fieldsByPath, type RowField } from '../../../../redshift-local/copy/rows'
import { copyOptions } from '../../../../redshift-local/copy/options'
import { type CopyStatement, parseCopy } from '../../../../redshift-local/copy/statement'
import { tokenize } from '../../../../redshift-local/dialect/tokens'
import { column } from '../copying'

/** A COPY and a file for it, both made up: most lines are plain, and some of each kind are not. */
export interface CopyCase {
  sql: string
  statement: CopyStatement
  columns: TableColumn[]
  fields: RowField[]
  file: Buffer
}

/** True where JSON finds its columns in any case. */
export function ignoresCase({ format }: CopyStatement): boolean {
  return format.name === 'JSON' && format.option === 'auto ignorecase'
}

export function copyCase(random: Random): CopyCase {
  const sql = `copy t from 's3://b/f' iam_role default ${copyClauses(random)}`
  const statement = parseCopy(tokenize(sql))
  const columns = targetColumns({ ...statement, explicitIds: true }, someColumns(random))
  return {
    sql,
    statement,
    columns,
    fields: fieldsOf(random, statement, columns),
    file: fileOf(random, columns),
  }
}

const formats = {
  timeformat: ['auto', 'epochsecs', 'epochmillisecs', 'YYYY-MM-DD HH:MI:SS', 'MM/DD/YYYY'],
  dateformat: ['auto', 'YYYY-MM-DD', 'MM/DD/YYYY'],
}

function copyClauses(random: Random): string {
  const clauses = new Map<string, string>()
  for (const { keyword, sameAs = keyword, example } of copyOptions) {
    if (!random.chance(1, 5)) continue
    const texts = formats[keyword as keyof typeof formats] as string[] | undefined
    clauses.set(sameAs, texts ? `${keyword} '${random.pick(texts)}'` : example)
  }
  if (random.chance(2, 3)) clauses.set('maxerror', 'maxerror 100000')
  if (random.chance(9, 10)) clauses.delete('ignoreheader')
  const json = random.chance(1, 4) ? 'auto ignorecase' : 'auto'
  return [`json '${json}'`, ...clauses.values()].join(' ')
}

const types = [
  ...['character varying(1)', 'character varying(7)', 'character varying(40)', 'character varying'],
  ...[
    'character(3)',
    'character',
    'smallint',
    'integer',
    'bigint',
    'numeric(10,3)',
    'numeric(5,0)',
  ],
  ...['real', 'double precision', 'boolean', 'date', 'time without time zone'],
  ...['timestamp without time zone', 'timestamp with time zone'],
]
const names = ['a', 'b', 'c', 'ab', 'abc', 'id', 'user_id', 'naïve', 'constructor', '__proto__']

function someColumns(random: Random): TableColumn[] {
  const named = names.filter(() => random.chance(1, 2))
  return (named.length > 0 ? named : ['a']).map((name) => {
    const rest = random.chance(1, 8) ? ' not null' : ''
    return { ...column(`a ${random.pick(types)}${rest}`), name }
  })
}

// JSONPaths of names; one in ten leads to something nested, or to what another leads to.
function fieldsOf(random: Random, statement: CopyStatement, columns: TableColumn[]): RowField[] {
  const ignoreCase = ignoresCase(statement)
  if (ignoreCase || random.chance(1, 2)) return fieldsByName(columns, statement, ignoreCase)
  const paths = columns.map(({ name }): Path => [name])
  if (random.chance(1, 10)) random.pick(paths).push(random.pick(['b', 0]))
  if (random.chance(1, 10)) random.pick(paths)[0] = random.pick(names)
  return fieldsByPath(columns, statement, paths)
}

const separators = new Map([
  ['\n', 60],
  ['\r\n', 10],
  [' \n', 3],
  ['\n\n', 3],
  ['\n \t\n', 2],
  [' ', 2],
  ['', 2],
  [',\n', 1],
  ['\n]\n', 1],
  ['\nx\n', 1],
  ['\n{\n', 1],
])

function fileOf(random: Random, columns: TableColumn[]): Buffer {
  const style = random.pick(styles)
  let order = columns.map((_, index) => index)
  if (random.chance(1, 3)) order = shuffled(random, order)
  const parts: Buffer[] = [Buffer.from(random.chance(1, 30) ? '\ufeff' : '')]
  const isOdd = random.chance(2, 3)
  const usual = random.pick(['\n', '\n', '\r\n'])
  for (let lines = random.below(30); lines >= 0; lines--) {
    const line = Buffer.from(objectOf(random, columns, order, style))
    parts.push(isOdd && random.chance(1, 8) ? mutated(random, line) : line)
    const end = isOdd ? random.weighted(separators) : usual
    if (lines > 0 || random.chance(2, 3)) parts.push(Buffer.from(end))
  }
  return Buffer.concat(parts)
}

const styles: string[][] = [
  [''],
  [''],
  ['', ' '],
  ['', ' ', '\t', '\r', '  \t'],
  ['', ' ', '\n', '\r\n  '],
]

function objectOf(
  random: Random,
  columns: TableColumn[],
  order: number[],
  style: string[],
): string {
  const space = () => random.pick(style)
  const members: string[] = []
  const add = (name: string, column?: TableColumn) =>
    members.push(`${keyOf(random, name)}${space()}:${space()}${valueOf(random, column)}`)
  for (const index of random.chance(1, 12) ? shuffled(random, order) : order) {
    if (random.chance(1, 12)) add(random.pick(['x', 'y"', 'é', 'other', 'A', 'NAÏVE', ...names]))
    if (!random.chance(1, 15)) add(columns[index]!.name, columns[index])
  }
  const between = () => `${space()},${space()}`
  const written = members
    .map((member, index) => (index === 0 ? member : between() + member))
    .join('')
  return `${space()}{${space()}${written}${space()}}${space()}`
}

function keyOf(random: Random, name: string): string {
  const key = random.chance(1, 20) ? name.toUpperCase() : name
  if (random.chance(1, 60))
    return `"\\u${key.charCodeAt(0).toString(16).padStart(4, '0')}${key.slice(1)}"`
  return JSON.stringify(key)
}

const pieces = [
  ...[
    'a',
    'Z',
    'xyz',
    '0',
    ' ',
    '  ',
    '   ',
    "'",
    '\x7f',
    'é',
    'ÿ',
    '日',
    '😀',
    '\ufdd0',
    '\uffff',
    '\u{1fffe}',
  ],
  ...[
    '\\n',
    '\\t',
    '\\r',
    '\\b',
    '\\f',
    '\\"',
    '\\\\',
    '\\/',
    '\\u0041',
    '\\u0019',
    '\\u0009',
    '\\u005c',
    '\\u0022',
  ],
  ...[
    '\\u00e9',
    '\\u20AC',
    '\\ud83d\\uDE00',
    '\\ud800',
    '\\udc00x',
    '\\ud83dx',
    '\\u0000',
    '\\u000b',
    '\\u0020',
  ],
  ...['\\ufdd0', '\\uFFFF', '\\ud83f\\udfff', '\\u12', '\\x'],
]
const numbers = [
  ...[
    '0',
    '-0',
    '1',
    '-1',
    '42',
    '0.0',
    '-0.0',
    '5.0',
    '-5.50',
    '1e3',
    '1E+2',
    '1e-3',
    '32767',
    '32768',
  ],
  ...[
    '-32769',
    '2147483647',
    '-2147483648',
    '2147483648',
    '9007199254740993',
    '9223372036854775807',
  ],
  ...[
    '9223372036854775808',
    '1.0000000000000000001',
    '1540919166796.0',
    '99999999999999999999',
    '0.1',
  ],
  ...[
    '0.05',
    '0.0000001',
    '0.000001',
    '0.00001234',
    '1e400',
    '1e-400',
    '-73.95746999999999',
    '3.5e38',
    '1.10',
  ],
  ...[
    '123456789012345',
    '1234567890123456',
    '12345.6789012345',
    '0.30000000000000004',
    '1e21',
    '1e22',
  ],
  ...[
    '999999999999999900000',
    '5e-324',
    '1541121934',
    '1541121934796',
    '1541121934796.5',
    '-62167219200',
  ],
]
const wrongNumbers = [
  '007',
  '1.',
  '.5',
  '+1',
  '-',
  '1e',
  '0x1',
  '1-2',
  '--1',
  '-a',
  '1.5.5',
  'Infinity',
]
const moments = [
  ...[
    '2018-11-02',
    '2018-11-02 01:02:03',
    '2018-11-02T01:02:03.5Z',
    '2018-11-02 01:02:03.123456-08',
  ],
  ...[
    '12/31/2018',
    '10:11:12',
    '10:11:12.5',
    ' 10:11',
    '25:00',
    '2018-02-30',
    '20181102',
    '12/31/2018 10:11',
  ],
]
const words = [
  'true',
  'false',
  'null',
  'nul',
  'True',
  'nullx',
  '',
  '{}',
  '[]',
  '{"b":1}',
  '[1, "x"]',
  '"',
]
const spelt = [
  '',
  ' ',
  't',
  'TRUE',
  'no',
  '1',
  'NaN',
  '-inf',
  '12a',
  ' 12',
  '+5',
  '007',
  '1_0',
  '-12',
]

function valueOf(random: Random, column?: TableColumn): string {
  if (random.chance(1, 25)) return 'null'
  if (random.chance(1, 40)) return random.pick(words)
  if (random.chance(1, 60)) return random.pick(wrongNumbers)
  const type = random.chance(1, 10) ? random.pick(types) : (column?.type ?? 'character')
  if (type.startsWith('char')) return random.chance(1, 10) ? numberOf(random) : textOf(random)
  if (type === 'boolean')
    return random.chance(2, 3) ? random.pick(['true', 'false']) : quoted(random.pick(spelt))
  if (/^(date|time)/.test(type) && random.chance(4, 5)) return quoted(random.pick(moments))
  if (random.chance(1, 20)) return quoted(random.pick(spelt))
  return random.chance(1, 4) ? quoted(numberOf(random)) : numberOf(random)
}

// Mostly plain, so that whole lines are.
function textOf(random: Random): string {
  if (random.chance(1, 3)) return quoted(random.pick(['', 'a', 'Elel', ' ', 'x y ', '12', 'é']))
  const isPlain = random.chance(2, 3)
  let text = ''
  for (let left = random.skewed(9); left > 0; left--)
    text += isPlain ? pieces[random.below(16)]! : random.pick(pieces)
  return quoted(text)
}

function numberOf(random: Random): string {
  if (random.chance(1, 2)) return random.pick(numbers)
  let digits = String(random.below(10 ** random.below(10)))
  if (random.chance(1, 4)) digits += String(random.below(1e9))
  if (random.chance(1, 3)) digits += `.${random.below(10)}${random.below(10 ** random.below(8))}0`
  return random.chance(1, 4) ? `-${digits}` : digits
}

function quoted(text: string): string {
  return `"${text}"`
}

const oddBytes = [
  ...[
    0, 0x09, 0x0a, 0x0d, 0x20, 0x22, 0x2c, 0x2d, 0x2f, 0x30, 0x3a, 0x5b, 0x5c, 0x5d, 0x65, 0x6e,
    0x7b,
  ],
  ...[0x7d, 0x7f, 0x80, 0x9f, 0xc2, 0xc3, 0xe2, 0xed, 0xef, 0xf0, 0xf4, 0xff],
]

/** A byte changed, added, or some left out or written twice. */
function mutated(random: Random, line: Buffer): Buffer {
  const at = random.below(line.length)
  const [head, tail] = [line.subarray(0, at), line.subarray(at)]
  const odd = Buffer.from([random.pick(oddBytes)])
  const some = 1 + random.skewed(12)
  switch (random.below(4)) {
    case 0:
      return Buffer.concat([head, odd, tail.subarray(1)])
    case 1:
      return Buffer.concat([head, odd, tail])
    case 2:
      return Buffer.concat([head, tail.subarray(some)])
    default:
      return Buffer.concat([head, tail.subarray(0, some), tail])
  }
}

function shuffled(random: Random, order: number[]): number[] {
  const left = [...order]
  return order.map(() => left.splice(random.below(left.length), 1)[0]!)
}
