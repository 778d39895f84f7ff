import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import { describe, UsageError } from '../warehouse/errors'
import { projectFolder } from '../warehouse/settings'

/** A question of the analysts: a .sql file of queries/. */
export interface Question {
  /** The file's stem: most_played_songs. */
  name: string
  /** queries/most_played_songs.sql, from the project's folder. */
  file: string
  /** The question as an analyst asks it. */
  title: string
  /** What the answer tells, and its grain. */
  answers: string
  /** The columns by whose values a row of the answer is known. */
  key: string[]
  /** How the answer is drawn, where a picture helps. */
  chart?: Chart
  /** Without the header and the closing semicolon. */
  sql: string
  /** The lines of the file on which the key, the chart and the query stand. */
  lines: { key: number; chart: number; sql: number }
}

/** A query, and where it stands in which file. */
export type AskedSql = Pick<Question, 'file' | 'sql'> & { lines: Pick<Question['lines'], 'sql'> }

const kinds = ['bars', 'columns', 'lines', 'stacks', 'heatmap'] as const

/** How an answer is drawn: a measure by a column, for each value of another. */
export interface Chart {
  kind: (typeof kinds)[number]
  measure: string
  by: string
  per?: string
}

export const questionFolder = resolve(projectFolder, 'queries')

/**
 * The questions of a folder, in the order of the file names.
 * @throws UsageError with file and line for a header that is not as it has to be
 */
export function readQuestions(folder = questionFolder): Question[] {
  const names = filesIn(folder).filter((name) => name.endsWith('.sql'))
  return names.sort().map((name) => readQuestion(join(folder, name)))
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (cause) {
    throw new UsageError(
      `The questions cannot be read (${describe(cause)}): a folder of .sql files is expected there. ` +
        'Put it back, empty if there are to be none.',
      { cause },
    )
  }
}

function readQuestion(path: string): Question {
  const file = relative(projectFolder, path)
  const name = basename(path, '.sql')
  const header = readHeader(file, readFileSync(path, 'utf8'))
  const { title, answers, key, chart } = header.words
  const drawn = readChart(file, chart)
  return {
    name,
    file,
    title: title!.text,
    answers: answers!.text,
    key: key!.text.split(/\s*,\s*/),
    ...(drawn && { chart: drawn }),
    sql: queryOf(file, header),
    lines: { key: key!.line, chart: chart?.line ?? 1, sql: header.end },
  }
}

// What a file does beyond asking would be done by whoever asks.
function queryOf(file: string, { rest, end }: Header): string {
  const sql = rest.trimEnd().replace(/;$/, '').trimEnd()
  if (/^(select|with)\b/i.test(sql)) return sql
  const found = sql === '' ? 'nothing' : JSON.stringify(sql.split(/\s/)[0])
  throw new UsageError(`${file}:${end}: a query is expected, select or with; found ${found}.`)
}

/**
 * Where in the file of a question a character of its query stands: queries/x.sql:12:8.
 * @param position 1 is the first character
 */
export function positionIn({ file, sql, lines }: AskedSql, position: number): string {
  const before = [...sql].slice(0, position - 1).join('')
  const line = lines.sql + before.split('\n').length - 1
  const column = [...before.slice(before.lastIndexOf('\n') + 1)].length + 1
  return `${file}:${line}:${column}`
}

const form = new RegExp(`^(${kinds.join('|')}) of (\\w+) by (\\w+)(?: per (\\w+))?$`)

/** The chart that a header asks for; undefined for none. @throws UsageError with file and line */
function readChart(file: string, said: Said | undefined): Chart | undefined {
  if (!said || said.text === 'none') return undefined
  const [, kind, measure, by, per] = form.exec(said.text) ?? []
  if (!kind) {
    throw new UsageError(
      `${file}:${said.line}: the chart is ${JSON.stringify(said.text)}; expected "KIND of MEASURE by ` +
        `COLUMN [per COLUMN]" with a KIND of ${kinds.join(', ')}, or "none".`,
    )
  }
  return { kind: kind as Chart['kind'], measure: measure!, by: by!, ...(per && { per }) }
}

const required = ['title', 'answers', 'key'] as const
const known = [...required, 'chart'] as const

type Word = (typeof known)[number]

/** What stands behind a word of the header, and on which line. */
interface Said {
  text: string
  line: number
}

/** The comment lines that a .sql file begins with, and what follows. */
interface Header {
  words: Partial<Record<Word, Said>>
  /** The text behind the header, and the line that it begins on. */
  rest: string
  end: number
}

const expected = `expected ${known.map((word) => `"-- ${word}: …"`).join(', ')}`

/**
 * Reads a header: lines of `-- word: text`. A text goes on in lines of `--   text`.
 * @throws UsageError that names every word that is missing, unknown or there twice, by file and line
 */
function readHeader(file: string, content: string): Header {
  const lines = content.trimEnd().split(/\r?\n/)
  const start = lines.findIndex((line) => !/^\s*(--.*)?$/.test(line))
  const end = start < 0 ? lines.length : start
  const words: Header['words'] = {}
  const faults: string[] = []
  let last: Said | undefined
  for (const [i, line] of lines.slice(0, end).entries()) {
    const [, word, more, said] = /^--(?: (\w+):|( {2,})|)(.*)$/.exec(line.trimEnd()) ?? []
    const text = said?.trim() ?? ''
    if (more && last) last.text += ` ${text}`
    else if (word && isKnown(word) && !words[word]) last = words[word] = { text, line: i + 1 }
    else if (word) faults.push(`${file}:${i + 1}: ${complaint(word)}; ${expected}.`)
    else if (text) faults.push(`${file}:${i + 1}: ${JSON.stringify(line)} is found; ${expected}.`)
  }
  const missing = required.filter((word) => !words[word]?.text)
  faults.push(...missing.map((word) => `${file}:1: the header says no ${word}; ${expected}.`))
  if (faults.length > 0) throw new UsageError(faults.join('\n'))
  return { words, rest: lines.slice(end).join('\n'), end: end + 1 }
}

function isKnown(word: string): word is Word {
  return known.includes(word as Word)
}

function complaint(word: string): string {
  return isKnown(word) ? `"${word}" is there twice` : `there is no header word "${word}"`
}
