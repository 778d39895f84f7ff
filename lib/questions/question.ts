import { readFileSync, readdirSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import { UsageError, describe } from '../errors'
import { projectFolder } from '../settings'
import { type Chart, readChart } from './chart'
import { type Header, readHeader } from './header'

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

export const questionFolder = resolve(projectFolder, 'queries')

/**
 * The questions of a folder, in the order of the file names.
 * @throws UsageError with file and line for a header that is not as it has to be
 */
export function readQuestions(folder = questionFolder): Question[] {
  const names = filesIn(folder).filter((name) => name.endsWith('.sql'))
  return names.sort().map((name) => readQuestion(join(folder, name)))
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
