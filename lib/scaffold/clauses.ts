import { scan } from 'libpg-query'

/** A word of a query that stands outside of all parentheses, and where, by characters from 0 on. */
interface Word {
  text: string
  start: number
  end: number
  /** What stands behind it is in parentheses. */
  isCall: boolean
}

const ofRows = ['group', 'having', 'window', 'order', 'limit', 'offset']

/**
 * A query in two pieces, between which further conditions of its WHERE clause may stand, each beginning
 * with `and`.
 */
export async function atCondition(sql: string): Promise<[before: string, after: string]> {
  const words = await clausesOf(sql)
  const from = words.find(({ text }) => text === 'from')?.start ?? 0
  const where = words.find(({ text, start }) => text === 'where' && start > from)
  const end = words.find(({ text, start }) => ofRows.includes(text) && start > from)?.start
  const rest = end === undefined ? '' : `\n${sql.slice(end)}`
  if (!where) return [`${sql.slice(0, end).trimEnd()}\nwhere 1 = 1 `, rest]
  const condition = sql.slice(where.end, end).trim()
  const isEither = words.some(({ text, start }) => text === 'or' && start > where.end)
  const whole = isEither ? `(${condition}${condition.includes('--') ? '\n' : ''})` : condition
  const gap = !isEither && condition.includes('--') ? '\n' : ' '
  return [`${sql.slice(0, where.end)} ${whole}${gap}`, rest]
}

const ofJoins = ['left', 'right', 'full', 'inner', 'cross', 'natural', 'join', 'outer']
const ofQueries = ['union', 'except', 'minus', 'intersect']

/** A query of one line with a line for each clause; one of several lines is as its author wants it. */
export async function inLines(sql: string): Promise<string> {
  if (sql.includes('\n')) return sql
  const words = await clausesOf(sql)
  const begins = words.filter(({ text, isCall }, i) => {
    const before = words[i - 1]?.text ?? ''
    if (['distinct', 'within', 'partition'].includes(before)) return false
    if (ofJoins.includes(text)) return !isCall && !ofJoins.includes(before)
    return text === 'from' || text === 'where' || ofRows.includes(text) || ofQueries.includes(text)
  })
  const starts = [0, ...begins.map(({ start }) => start).filter((start) => start > 0)]
  return starts.map((start, i) => sql.slice(start, starts[i + 1]).trim()).join('\n')
}

async function clausesOf(sql: string): Promise<Word[]> {
  const { tokens } = await scan(sql)
  const bytes = Buffer.from(sql) // the places of tokens count bytes
  const at = (place: number) => bytes.subarray(0, place).toString().length
  const words: Word[] = []
  let depth = 0
  for (const [i, { text, start, end }] of tokens.entries()) {
    if (text === '(') depth++
    else if (text === ')') depth--
    else if (depth === 0 && /^[a-z_]/i.test(text)) {
      const isCall = tokens[i + 1]?.text === '('
      words.push({ text: text.toLowerCase(), start: at(start), end: at(end), isCall })
    }
  }
  return words
}

/** Words that give another value whenever they are asked. */
const volatile = [
  ...['sysdate', 'getdate', 'now', 'timeofday', 'clock_timestamp', 'statement_timestamp'],
  ...['current_date', 'current_time', 'current_timestamp', 'localtime', 'localtimestamp'],
  ...['random', 'rand', 'pg_last_copy_count', 'pg_backend_pid'],
]

/** The words of a query that give another value whenever they are asked. */
export async function volatileWords(sql: string): Promise<string[]> {
  const { tokens } = await scan(sql)
  const words = tokens.map(({ text }) => text.toLowerCase())
  return volatile.filter((word) => words.includes(word))
}
