import type { Random } from '../../../../lib/sample-data/random'

/** Whatever may break a reader of words. */
const oddities = [
  ...["'", '"', '$$', '$x$', '/*', '*/', '--', ';', '\\', '\0', '\u{1f600}', '\u00a0', '\ufeff'],
  ...['(', ')', '[', ']', '{', '}', ',', '.', '..', '::', ':=', '=>', '(+)', '?', '$1', '%', '#'],
  ...['null', 'as', 'from', 'select', 'with', 'over', 'qualify', 'union all', 'default', 'top'],
  ...['-1', '0', '1e999', '9223372036854775808', '0x1F', "''", "'%'", "e'\\'", "u&'\\0041'"],
]

/** A statement after one to four changes: words left out, moved, doubled, brought from others, nested. */
export function mutatedStatement(random: Random, sql: string, others: string[]): string {
  let words = wordsOf(sql)
  for (let changes = 1 + random.below(4); changes > 0; changes--)
    words = changed(random, words, others)
  return words.join('')
}

function wordsOf(sql: string): string[] {
  return sql.match(/\s+|\w+|'[^']*'|"[^"]*"|./gs) ?? []
}

function changed(random: Random, words: string[], others: string[]): string[] {
  const at = random.below(words.length + 1)
  const to = at + random.below(5)
  const [before, within, after] = [words.slice(0, at), words.slice(at, to), words.slice(to)]
  switch (random.below(9)) {
    case 0:
      return [...before, ...after]
    case 1:
      return [...before, ...within, ' ', ...within, ...after]
    case 2:
      return [...after, ' ', ...before]
    case 3:
      return [...before, ' ', random.pick(oddities), ' ', ...within, ...after]
    case 4: {
      const other = wordsOf(random.pick(others))
      const from = random.below(other.length)
      return [...before, ...other.slice(from, from + 1 + random.below(8)), ...after]
    }
    case 5: {
      const depth = random.chance(1, 50) ? 3000 : 1 + random.below(40)
      return [...before, '('.repeat(depth), ...within, ')'.repeat(depth), ...after]
    }
    case 6:
      return before
    case 7:
      return [...before, ...within.map((word) => mutatedWord(random, word)), ...after]
    default:
      return [
        ...before,
        ...Array<string[]>(1 + random.below(60))
          .fill([...within, ' '])
          .flat(),
        ...after,
      ]
  }
}

function mutatedWord(random: Random, word: string): string {
  const at = random.below(word.length + 1)
  const char = String.fromCharCode(
    random.chance(1, 10) ? random.below(0xd800) : 1 + random.below(127),
  )
  return word.slice(0, at) + char + word.slice(at + random.below(2))
}

/** Bytes after some changes: of single ones, of a stretch, of the length. */
export function mutatedBytes(random: Random, given: Buffer): Buffer {
  let bytes: Buffer = Buffer.from(given)
  for (let changes = 1 + random.skewed(6); changes > 0; changes--) {
    const at = random.below(bytes.length + 1)
    const to = at + random.skewed(20)
    switch (random.below(5)) {
      case 0:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)])
        break
      case 1:
        bytes = Buffer.concat([bytes.subarray(0, to), bytes.subarray(at)])
        break
      case 2: {
        const odd = Buffer.from(random.pick(oddities))
        bytes = Buffer.concat([bytes.subarray(0, at), odd, bytes.subarray(at)])
        break
      }
      case 3:
        bytes = bytes.subarray(0, at)
        break
      default:
        if (at < bytes.length)
          bytes[at] = random.pick([0, 1, 0x0a, 0x7f, 0x80, 0xc3, 0xed, 0xff, random.below(256)])
    }
  }
  return bytes
}
