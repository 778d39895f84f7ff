import { expect } from 'chai'
import { Random } from '../../../lib/sample-data/random'
import { refusal, useDialect, values } from './warehouse'

/** Functions whose SQL takes a short way, held against their definition on generated values. */
describe('functions, on generated values', () => {
  useDialect()

  const random = new Random(5439, 1)
  const many = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make)
  const bits = () => BigInt.asIntN(64, (BigInt(random.next()) << 32n) | BigInt(random.next()))
  const text = (letters: string, length: number) =>
    many(length, () => random.pick([...letters])).join('')

  /** What an expression over `value` gives for each of the texts. */
  function evaluated(expression: string, texts: string[]): Promise<unknown[]> {
    const rows = texts.map((value, i) => `select ${i} as place, '${value}'::varchar as value`)
    const given = rows.join(' union all ')
    return values(`select (${expression})::varchar from (${given}) as a order by place`)
  }

  it('strtol reads signs, blanks, prefixes and any number of digits, in every base', async () => {
    const digits = '0123456789abcdefghijklmnopqrstuvwxyz'
    for (const base of [2, 7, 10, 16, 36]) {
      const longest = Math.floor(63 / Math.log2(base))
      const texts = many(100, () => {
        const known = text(digits.slice(0, base), 1 + random.below(longest))
        const prefix = base === 16 && random.chance(1, 4) ? '0x' : ''
        const number = random.pick(['', '', '-', '+']) + prefix + known
        return random.pick(['', '', ' ']) + (random.chance(1, 3) ? number.toUpperCase() : number)
      })
      const expected = texts.map((one) => String(numberOf(one, base)))
      expect(await evaluated(`strtol(value, ${base})`, texts)).to.deep.equal(expected)
    }
    for (const wrong of ['12345678901234g', '1234567 9012345', '12-4567890abcde', '0x0x5']) {
      const { sqlstate, message } = await refusal(`select strtol('${wrong}', 16)`)
      expect([sqlstate, message]).to.deep.equal([
        '22P02',
        `The input ${wrong} is not valid to be converted to base 16`,
      ])
    }
    expect(await values('select strtol(null, 16)')).to.deep.equal([null])
  })

  function numberOf(given: string, base: number): bigint {
    const [, sign, digits = ''] = /^([-+]?)(?:0x)?(.*)$/.exec(given.trim().toLowerCase())!
    const number = [...digits].reduce(
      (sum, digit) => sum * BigInt(base) + BigInt(parseInt(digit, base)),
      0n,
    )
    return sign === '-' ? -number : number
  }

  it('fnv_hash is FNV-1a of 64 bits over the bytes, of a number the lowest first', async () => {
    for (const [type, bytes] of Object.entries({ smallint: 2, integer: 4, bigint: 8 })) {
      const numbers = many(100, () => BigInt.asIntN(bytes * 8, bits()))
      const seed = random.chance(1, 2) ? undefined : bits()
      const found = await evaluated(
        `fnv_hash(value::${type}${seed === undefined ? '' : `, (${seed})::bigint`})`,
        numbers.map(String),
      )
      const expected = numbers.map((number) =>
        fnv(
          many(bytes, () => 0).map((_, i) => Number((number >> BigInt(8 * i)) & 255n)),
          seed,
        ),
      )
      expect(found, type).to.deep.equal(expected)
    }
    const texts = many(100, () => text('aZ09 é日😀', random.below(20)))
    const expected = texts.map((one) => fnv([...Buffer.from(one)]))
    expect(await evaluated('fnv_hash(value)', texts)).to.deep.equal(expected)
  })

  function fnv(bytes: number[], seed = 0xcbf29ce484222325n): string {
    const hash = bytes.reduce((sum, byte) => (sum ^ BigInt(byte)) * 1099511628211n, seed)
    return String(BigInt.asIntN(64, BigInt.asUintN(64, hash)))
  }

  it('datediff counts the boundaries between two moments, before 1970 as well', async () => {
    // JavaScript's dates begin and end 270,000 years from now; microseconds are added to them.
    const moments = many(200, () => ({
      milliseconds: (random.below(2_000_000) - 1_000_000) * 7_777_777,
      micros: random.below(1000),
    }))
    const texts = moments.map(({ milliseconds, micros }) =>
      `${new Date(milliseconds).toISOString().slice(0, -1)}${String(micros).padStart(3, '0')}`.replace(
        'T',
        ' ',
      ),
    )
    const start = new Date('1900-01-01').getTime()
    const month = (at: number) => new Date(at).getUTCFullYear() * 12 + new Date(at).getUTCMonth()
    const counts: Record<string, (at: number) => number> = {
      millisecond: (at) => at,
      second: (at) => Math.floor(at / 1000),
      minute: (at) => Math.floor(at / 60_000),
      hour: (at) => Math.floor(at / 3_600_000),
      day: (at) => Math.floor(at / 86_400_000),
      month,
      quarter: (at) => Math.floor(month(at) / 3),
      year: (at) => Math.floor(month(at) / 12),
      decade: (at) => Math.floor(month(at) / 120),
    }
    for (const [part, count] of Object.entries(counts)) {
      const found = await evaluated(
        `datediff(${part}, '1900-01-01'::timestamp, value::timestamp)`,
        texts,
      )
      const expected = moments.map(({ milliseconds }) => String(count(milliseconds) - count(start)))
      expect(found, part).to.deep.equal(expected)
    }
  })

  it('avg of bigints is cut to a bigint, whatever their sum, and leaves NULL out', async () => {
    for (let i = 0; i < 20; i++) {
      const numbers = many(1 + random.below(20), bits)
      const sum = numbers.reduce((all, number) => all + number, 0n)
      const rows = [...numbers, 'null'].map((number) => `select (${number})::bigint as a`)
      const [found] = await values(`select avg(a) from (${rows.join(' union all ')}) as b`)
      expect(found).to.equal(String(sum / BigInt(numbers.length)))
    }
    expect(await values('select avg(a) from (select null::bigint as a) as b')).to.deep.equal([null])
  })

  it('json functions tell a missing path from a text that is no JSON', async () => {
    const path = (json: string) => `json_extract_path_text('${json}', 'a', 'b'`
    const cases: Record<string, string | null | undefined> = {
      '{"a": {"b": 1.50}}': '1.50',
      '{"a": {"b": "\\u00e9"}}': 'é',
      '{"a": {"b": null}}': '',
      '{"a": 1}': '',
      '[1]': '',
      '': undefined,
      '{"a": }': undefined,
      '{"a": 1} x': undefined,
    }
    for (const [json, expected] of Object.entries(cases)) {
      const quoted = json.replaceAll('\\', '\\\\')
      if (expected === undefined) {
        expect(await refusal(`select ${path(quoted)})`), json).to.include({ sqlstate: 'XX000' })
        const length = `select json_array_length('${quoted}')`
        expect(await refusal(length), json).to.include({ sqlstate: 'XX000' })
      } else expect(await values(`select ${path(quoted)})`), json).to.deep.equal([expected])
      const found = await values(`select ${path(quoted)}, true)`)
      expect(found, json).to.deep.equal([expected ?? null])
    }
  })
})
