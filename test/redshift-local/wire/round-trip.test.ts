import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Client, DatabaseError } from 'pg'
import { Random } from '../../../lib/sample-data/random'
import { firstSeed, isLong } from '../../long'
import { served } from './local-redshift'

const count = Number(process.env.FILES ?? (isLong ? 2_000 : 40))
const repeated = `(FILES=${count} SEED=${firstSeed})`

/** How values go to files and back (facts A10). */
interface Way {
  format: 'text' | 'csv' | 'json' | 'fixed'
  delimiter: string
  escape: boolean
  addQuotes: boolean
  nullAs: string | undefined
  header: boolean
  gzip: boolean
  manifest: boolean
}

type Value = string | null

function someWay(random: Random): Way {
  const format = random.pick(['text', 'text', 'csv', 'json', 'fixed'] as const)
  const isText = format === 'text'
  return {
    format,
    delimiter: random.pick(['|', ',', ';', '\t', '~', '\u0001']),
    escape: isText && random.chance(1, 2),
    addQuotes: isText && random.chance(1, 2),
    nullAs: format !== 'json' && random.chance(1, 2) ? random.pick(['nil', '@', '\\N']) : undefined,
    header: (isText || format === 'csv') && random.chance(1, 3),
    gzip: random.chance(1, 3),
    manifest: random.chance(1, 3),
  }
}

const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`

function clauses(way: Way, command: 'unload' | 'copy', widths: string): string {
  const { format, delimiter, nullAs } = way
  const isUnload = command === 'unload'
  return [
    {
      text: '',
      csv: 'csv',
      json: isUnload ? 'json' : "json 'auto'",
      fixed: `fixedwidth '${widths}'`,
    }[format],
    format === 'text' || format === 'csv' ? `delimiter ${quoted(delimiter)}` : '',
    way.escape ? 'escape' : '',
    way.addQuotes ? (isUnload ? 'addquotes' : 'removequotes') : '',
    nullAs === undefined ? '' : `null as ${quoted(nullAs)}`,
    way.header ? (isUnload ? 'header' : 'ignoreheader 1') : '',
    way.gzip ? 'gzip' : '',
    way.manifest ? 'manifest' : '',
    format === 'fixed' && !isUnload ? 'trimblanks' : '',
  ].join(' ')
}

const pieces = [
  ...[
    'a',
    'Z',
    '0',
    'é',
    '日本',
    '😀',
    ' ',
    '  ',
    '\t',
    '\\',
    '\\N',
    '\\n',
    '"',
    "'",
    '""',
    '|',
    ',',
    ';',
    '~',
  ],
  ...[
    '\n',
    '\r',
    '\r\n',
    '\u0001',
    '\u001f',
    '\u007f',
    '{',
    '}',
    '[',
    ']',
    ':',
    'null',
    'NULL',
    'nil',
    '@',
  ],
  ...['\u00a0', '\u2028', '\ufeff', '\ufffd', '\u0301', '%', '$', '`', '/', '#'],
]

/** A text that the way promises to bring back. */
function someText(random: Random, way: Way, isAscii: boolean): string {
  for (;;) {
    const text = Array.from({ length: random.below(6) }, () => random.pick(pieces)).join('')
    if (isAscii && /\P{ASCII}/u.test(text)) continue
    if (isPromised(text, way)) return text
  }
}

function isPromised(text: string, { format, delimiter, escape, addQuotes }: Way): boolean {
  if (format === 'csv' || format === 'json' || escape) return true
  if (/[\n\r]/.test(text)) return false
  if (format === 'fixed') return true
  return addQuotes ? !text.includes('"') : !text.includes(delimiter)
}

/** What COPY makes of what UNLOAD wrote. */
function brought(value: Value, way: Way): Value {
  const { format, nullAs } = way
  if (format === 'json') return value
  if (value === null) return nullAs === undefined ? '' : null
  const text = format === 'fixed' ? value.replace(/ +$/, '') : value
  return text.replace(format === 'fixed' ? /\s+$/ : /$^/, '') === (nullAs ?? '\\N') ? null : text
}

// CHAR is padded with blanks: other white space at its end is the value's own.
const unpadded = (value: Value) => value && value.replace(/ +$/, '')

interface Kind {
  type: string
  value: (random: Random, way: Way) => string
  isText?: true
  isFloat?: true
}

const digits = (random: Random, most: number) =>
  String(1 + random.below(9)) +
  Array.from({ length: random.below(most) }, () => random.below(10)).join('')

const kinds: Kind[] = [
  { type: 'varchar(200)', isText: true, value: (random, way) => someText(random, way, false) },
  { type: 'varchar(200)', isText: true, value: (random, way) => someText(random, way, false) },
  { type: 'char(60)', isText: true, value: (random, way) => someText(random, way, true) },
  { type: 'smallint', value: (random) => random.pick(['-32768', '32767', '0', '7']) },
  { type: 'int', value: (random) => random.pick(['-2147483648', '2147483647', '0', '-1']) },
  {
    type: 'bigint',
    value: (random) => random.pick(['-9223372036854775808', '9223372036854775807', '0', '42']),
  },
  {
    type: 'numeric(38,10)',
    // JSON's numbers pass through floating point (facts A4).
    value: (random, { format }) =>
      `${random.pick(['', '-'])}${digits(random, format === 'json' ? 7 : 27)}.${digits(random, 7)}`,
  },
  {
    type: 'float8',
    isFloat: true,
    value: (random) => random.pick(['1e308', '-1e-300', '0.1', '123456.789', 'NaN', '3', '1e15']),
  },
  {
    type: 'real',
    isFloat: true,
    value: (random) => random.pick(['1e38', '-0.5', '1.25e-20', '7']),
  },
  { type: 'boolean', value: (random) => random.pick(['t', 'f']) },
  {
    type: 'date',
    value: (random) => random.pick(['0001-01-01', '9999-12-31', '2020-02-29', '1582-10-10']),
  },
  {
    type: 'timestamp',
    value: (random) =>
      random.pick(['0001-01-01 00:00:00', '9999-12-31 23:59:59.999999', '2020-02-29 12:00:00.5']),
  },
  {
    type: 'timestamptz',
    value: (random) => random.pick(['1970-01-01 00:00:00+00', '2020-06-30 23:59:59.000001-07']),
  },
  { type: 'time', value: (random) => random.pick(['00:00:00', '23:59:59.999999', '12:30:00.25']) },
  { type: 'timetz', value: (random) => random.pick(['00:00:00+00', '23:59:59.5-07:30']) },
]

describe('What UNLOAD writes', function () {
  if (isLong) this.timeout(0)
  const redshift = served()
  let client: Client

  before(() => mkdirSync(join(redshift.buckets, 'lake'), { recursive: true }))
  beforeEach(async () => {
    client = await redshift.client({ types: { getTypeParser: () => (text: string) => text } })
  })

  const rowsOf = async (table: string) =>
    (await client.query({ text: `select * from ${table} order by id`, rowMode: 'array' }))
      .rows as Value[][]

  it(`is what COPY reads ${repeated}`, async () => {
    for (let seed = firstSeed; seed < firstSeed + count; seed++) {
      const random = new Random(seed, 31)
      const way = someWay(random)
      const columns = Array.from({ length: 1 + random.below(6) }, () => random.pick(kinds))
      const values = Array.from({ length: 1 + random.below(12) }, () =>
        columns.map((kind) => (random.chance(1, 6) ? null : kind.value(random, way))),
      )
      const ddl = columns.map(({ type }, index) => `c${index} ${type}`).join(', ')
      await client.query(`create table source (id int, ${ddl}); create table back (like source)`)
      const width = columns.length + 1
      const places = values.map(
        (_, row) =>
          `(${Array.from({ length: width }, (_, at) => `$${row * width + at + 1}`).join()})`,
      )
      await client.query(
        `insert into source values ${places.join()}`,
        values.flatMap((row, index) => [String(index), ...row]),
      )
      const before = await rowsOf('source')
      const widths = before[0]!
        .map((_, at) => Math.max(3, ...before.map((row) => [...(row[at] ?? '')].length)))
        .map((most, at) => `c${at}:${most}`)
        .join()
      const into = `s3://lake/${seed}/`
      const unload = `unload ('select * from source order by id') to '${into}' iam_role default ${clauses(way, 'unload', widths)}`
      const load = `copy back from '${into}${way.manifest ? 'manifest' : ''}' iam_role default ${clauses(way, 'copy', widths)}`
      const about = `SEED=${seed} FILES=1\n${ddl}\n${unload}\n${load}\n${JSON.stringify(values)}`
      try {
        await client.query(unload)
        await client.query(load)
      } catch (error) {
        const { rows } = await client.query(
          'select trim(err_reason), trim(raw_line), trim(colname) from stl_load_errors order by starttime desc limit 1',
        )
        expect.fail(`${(error as Error).message} ${JSON.stringify(rows)}\n${about}`)
      }
      const expected = before.map((row) =>
        row.map((value, at) => {
          const kind = columns[at - 1]
          if (!kind?.isText) return kind?.isFloat && value !== null ? Number(value) : value
          const isChar = kind.type.startsWith('char')
          const found = brought(isChar ? unpadded(value) : value, way)
          return isChar ? unpadded(found) : found
        }),
      )
      const found = (await rowsOf('back')).map((row) =>
        row.map((value, at) => {
          const kind = columns[at - 1]
          if (kind?.isFloat && value !== null) return Number(value)
          return kind?.type.startsWith('char') ? unpadded(value) : value
        }),
      )
      expect(found, about).to.deep.equal(expected)
      await client.query('drop table source; drop table back')
    }
  })

  describe('without what its values need', () => {
    const loadOf = async (name: string, value: string, options: string, loadOptions = '') => {
      await client.query(
        'create table one (id int, name varchar(20)); create table other (like one)',
      )
      try {
        await client.query('insert into one values (1, $1)', [value])
        const to = `s3://lake/${name}/`
        await client.query(`unload ('select * from one') to '${to}' iam_role default ${options}`)
        await client.query(`copy other from '${to}' iam_role default ${loadOptions}`)
        return (await client.query('select name from other')).rows as unknown
      } catch (error) {
        expect((error as DatabaseError).message).to.match(/^Load into table 'other' failed\./)
        const { rows } = await client.query(
          'select trim(err_reason) as reason from stl_load_errors where query = pg_last_copy_id()',
        )
        return (rows[0] as { reason: string }).reason
      } finally {
        await client.query('drop table one; drop table other')
      }
    }

    it('is refused, or another value', async () => {
      expect(await loadOf('delimiter', 'a|b', '')).to.equal('Extra column(s) found')
      expect(await loadOf('line', 'a\nb', '')).to.equal('Delimiter not found')
      expect(await loadOf('mark', '"a', '', 'removequotes')).to.equal(
        'Delimited value missing end quote',
      )
      expect(await loadOf('backslash', 'a\\b', '', 'escape')).to.deep.equal([{ name: 'ab' }])
      expect(await loadOf('escaped', 'a|b', 'escape')).to.equal('Extra column(s) found')
      expect(await loadOf('csv', 'a"b', '', "csv delimiter '|'")).to.equal(
        'Invalid quote formatting for CSV',
      )
      expect(await loadOf('null', '\\N', '')).to.deep.equal([{ name: null }])
    })
  })
})
