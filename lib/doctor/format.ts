import type { Diagnosis, Example, Finding } from './finding'

/** A diagnosis for people. */
export function formatDiagnosis({ query, table, at, findings }: Diagnosis): string {
  if (findings.length === 0) return 'There are no errors of COPY.'
  const copy = [table && `COPY into ${table}`, query && `query ${query}`, at && `${at} UTC`]
  const head = copy.filter(Boolean).join(', ') || 'COPY'
  return [`${head}:`, ...findings.map(formatFinding)].join('\n\n')
}

function formatFinding(finding: Finding, index: number): string {
  const { what, code, count, column, declared, needed, examples, remedy } = finding
  const title = [column, what].filter(Boolean).join(': ')
  const cases = [code && `code ${code}`, count > 1 && `${count} times`].filter(Boolean).join(', ')
  const types = [declared && `declared ${declared}`, needed && `needed ${needed}`]
  const head = `${index + 1}. ${title}${cases && ` (${cases})`}`
  const facts = [types.filter(Boolean).join(', '), ...examples.map(formatExample), remedy.says]
  const paste = remedy.paste === undefined ? [] : remedy.paste.split('\n')
  return [
    head,
    ...facts.filter((line) => line !== '').map((line) => `   ${line}`),
    ...paste.map((line) => line && `       ${line}`),
  ].join('\n')
}

function formatExample({ url, line, value }: Example): string {
  const place = line === undefined ? url : `${url}, line ${line}`
  return value === undefined ? place : `${place}: ${JSON.stringify(value)}`
}
