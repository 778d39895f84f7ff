import { formatCount } from '../warehouse/counts'
import type { DataFault } from '../warehouse/errors'

/** Why one COPY failed, or which rows it rejected. */
export interface Diagnosis {
  /** The number of the COPY, where its errors were logged. */
  query?: number
  table?: string
  /** When the COPY began, UTC. */
  at?: string
  findings: Finding[]
}

/** One kind of fault: all its cases in one column. */
export interface Finding {
  /** In the server's words, where it said something. */
  what: string
  /** err_code of stl_load_errors. */
  code?: number
  /** How often it occurred. */
  count: number
  /** True where `what` says so itself. */
  saysCount?: true
  column?: string
  /** The column's type with its length. */
  declared?: string
  /** The type that would take the values. */
  needed?: string
  examples: Example[]
  remedy: Advice
}

/** Where a fault shows. */
interface Example {
  url: string
  /** The last line of the record, from 1 on. */
  line?: number
  value?: string
}

/** What to do about a fault. */
export interface Advice {
  /** In a sentence. */
  explanation: string
  /** To be pasted: a migration's body, an option of COPY, a JSONPaths file, or the line to change. */
  snippet?: string
}

/** How many cases of a fault are shown. */
export const mostExamples = 3

/** As much of a value as is shown. */
export function excerpt(text: string): string {
  return text.slice(0, 200)
}

/** A diagnosis for programs: one for each example of a fault, or for the fault where it has none. */
export function faultsOf({ table, findings }: Diagnosis): DataFault[] {
  return findings.flatMap(({ what, count, code, column, examples, remedy }) => {
    const places = examples.length > 0 ? examples : [{}]
    const said = [remedy.explanation, remedy.snippet].filter((text) => text !== undefined)
    return places.map(({ url: file, ...place }: Partial<Example>) => ({
      what,
      count,
      file,
      ...place,
      table,
      column,
      code,
      remedy: said.join('\n'),
    }))
  })
}

/** Diagnoses for people. @param heading shows a text as one */
export function formatDiagnoses(diagnoses: Diagnosis[], heading = (text: string) => text): string {
  if (diagnoses.length === 0) return 'There are no errors of COPY.'
  return diagnoses.map((diagnosis) => formatDiagnosis(diagnosis, heading)).join('\n\n')
}

function formatDiagnosis(
  { query, table, at, findings }: Diagnosis,
  heading: (text: string) => string,
): string {
  const copy = [table && `COPY into ${table}`, query && `query ${query}`, at && `${at} UTC`]
  const head = copy.filter(Boolean).join(', ') || 'COPY'
  return [heading(`${head}:`), ...findings.map(formatFinding)].join('\n\n')
}

function formatFinding(finding: Finding, index: number): string {
  const { what, code, count, saysCount, column, declared, needed, examples, remedy } = finding
  const title = [column, what].filter(Boolean).join(': ')
  const times = count > 1 && !saysCount && `${formatCount(count)} times`
  const cases = [code && `code ${code}`, times].filter(Boolean).join(', ')
  const types = [declared && `declared ${declared}`, needed && `needed ${needed}`]
  const head = `${index + 1}. ${title}${cases && ` (${cases})`}`
  const facts = [
    types.filter(Boolean).join(', '),
    ...examples.map(formatExample),
    remedy.explanation,
  ]
  const snippet = remedy.snippet === undefined ? [] : remedy.snippet.split('\n')
  return [
    head,
    ...facts.filter((line) => line !== '').map((line) => `   ${line}`),
    ...snippet.map((line) => line && `       ${line}`),
  ].join('\n')
}

function formatExample({ url, line, value }: Example): string {
  const position = line === undefined ? url : `${url}, line ${line}`
  return value === undefined ? position : `${position}: ${JSON.stringify(value)}`
}
