import { type Answer, isInner } from '../asking'
import { isSystem } from '../../../../redshift-local/dialect/names'
import { difference, type PrintedTable, printedError, printedTable, sameColumns } from './printed'
import type { Page } from './page'
import type { GuideStatement } from './statements'

export type Verdict =
  | 'accepted'
  | 'named' // refused by name, as a thing that is not carried out here
  | 'own error' // what the statement speaks of is not made by its page, or the guide prints an error too
  | 'follow-up' // of what its page did not get done
  | 'differs' // accepted, with another result than is printed
  | 'leak' // any other error

export interface Judgement {
  verdict: Verdict
  /** What there is to say about it. */
  note: string
  /** A result was printed, and compared. */
  compared: boolean
  /** Whether the columns are named as printed, where a table is. */
  namesDiffer?: boolean
}

const byName = /\blocal Redshift\b/
export function judge(statement: GuideStatement, answer: Answer, page: Page): Judgement {
  const wantedError = printedError(statement.expected)
  const table = printedTable(statement.expected)
  if (answer.error) {
    const { sqlstate, message } = answer.error
    const say = (verdict: Verdict) => ({ verdict, note: `${sqlstate} ${message}`, compared: false })
    if (isInner(message)) return say('leak')
    if (wantedError !== undefined && isLike(message, wantedError))
      return { ...say('own error'), compared: true }
    if (byName.test(message)) return say('named')
    if (sqlstate === '25P02') return say('follow-up')
    return say(judgeError(statement, answer.error, page))
  }
  if (wantedError !== undefined)
    return { verdict: 'differs', note: `accepted, not: ${wantedError}`, compared: true }
  return compare(statement, answer, table, page)
}

// Objects that are not there, or are there already, or are of another kind; grants that go with them.
const ofObjects = new Set(
  '42P01 3F000 34000 26000 3D000 42P07 42P06 42710 42723 42809 2BP01 24000'.split(' '),
)

// The guide writes so what a user has to put in: `<access-key>`, `[ option ]`, `...`, `{ this | that }`.
const template =
  /<[\w][\w -]*>|\.\.\.|…|\[ |\[waits|\{[^}']*\|[^}']*\}|\b(?:table|column|view|schema|user|role|database|encoding)[-_]name\b/i

function judgeError(
  { sql }: GuideStatement,
  { sqlstate, message }: { sqlstate: string; message: string },
  page: Page,
): Verdict {
  if (/^The specified S3 prefix .* does not exist/.test(message)) return 'own error'
  if (/^Invalid credentials\b/.test(message) && template.test(sql)) return 'own error'
  if (sqlstate === '42601' && template.test(sql)) return 'own error'
  const name = /"([^"]+)"|function ([\w.]+)\(|(\w+) does not exist/
    .exec(message)
    ?.slice(1)
    .find(Boolean)
  const words = name?.toLowerCase().split('.') ?? []
  if (words.some((word) => page.missing.has(word))) return 'follow-up'
  const [schema, relation = ''] = words.length > 1 ? words.slice(-2) : [undefined, words[0]]
  if (ofObjects.has(sqlstate)) return isSystem(schema, relation) ? 'leak' : 'own error'
  if (sqlstate === '42704' && /^(user|group|role|identity|cannot find)/i.test(message))
    return 'own error'
  return 'leak'
}

function compare(
  { sql }: GuideStatement,
  answer: Answer,
  table: PrintedTable | undefined,
  page: Page,
): Judgement {
  const accepted = { verdict: 'accepted', note: answer.tag, compared: false } as const
  if (!table || answer.columns.length === 0) return accepted
  const namesDiffer = !sameColumns(table, answer.columns)
  const names = namesDiffer ? { namesDiffer } : {}
  if (page.readsOwnRows(sql) || ofTheMoment.test(sql)) return { ...accepted, ...names }
  const found = difference(table, answer)
  if (found) return { verdict: 'differs', note: found, compared: true, ...names }
  return { ...accepted, compared: true, ...names }
}

// The clock, chance, and numbers that a server gives.
const ofTheMoment =
  /\b(getdate|sysdate|current_date|current_time|current_timestamp|now|timeofday|random|pg_backend_pid|pg_last_\w+|version|current_user|current_user_id|user|session_user|current_database|current_namespace|txid_current|age)\b/i

/** Whether the two say the same, names and numbers aside. */
function isLike(message: string, wanted: string): boolean {
  const bare = (text: string) =>
    text
      .toLowerCase()
      .replace(/"[^"]*"|'[^']*'|\d+/g, '')
      .replace(/\W+/g, ' ')
      .trim()
  const [got, printed] = [bare(message), bare(wanted)]
  return got !== '' && (printed.includes(got) || got.includes(printed))
}
