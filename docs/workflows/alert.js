'use strict'
/*
 * Prints a line for each thing that somebody has to do, of documents that `sparkify … --json` printed:
 *   node docs/workflows/alert.js plan.json run.json
 * One that is not there, or empty, is of a command that was not run.
 */
const { existsSync, readFileSync } = require('node:fs')

/** What the parts of a document say; docs/schemas tells which command prints which. */
const rules = {
  error: ({ kind, exitCode, message, findings = [] }) => [
    `- **${kind}**, exit code ${exitCode}: ${message.replaceAll('\n', '\n  ')}`,
    ...findings.map(({ what, file, line, remedy }) => {
      const place = [file, line].filter(Boolean).join(':')
      return `  - ${[place, what, remedy?.split('\n')[0]].filter(Boolean).join(': ')}`
    }),
  ],
  sources: (sources) =>
    sources.flatMap(({ changed, quarantined }) => [
      ...changed.map(({ url }) => `- changed since it was loaded: ${url}`),
      ...quarantined.map(({ url, reason }) => `- in quarantine: ${url}: ${reason}`),
    ]),
  drift: (columns) =>
    columns.map(({ table, column }) => `- not as the migrations make it: ${table}.${column}`),
  warnings: (warnings) =>
    (warnings ?? []).map(
      ({ table, audit, count, example }) =>
        `- unusual: ${table}: ${audit} (${count}), such as ${JSON.stringify(example)}`,
    ),
  stale: (texts) => texts.map((text) => `- late: ${text}`),
}

const lines = new Set()
for (const file of process.argv.slice(2)) {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  if (text === '') continue
  for (const [part, value] of Object.entries(JSON.parse(text)))
    for (const line of rules[part]?.(value) ?? []) lines.add(line)
}
// Whatever a longer line says as well is left out.
const saidBy = (other, line) =>
  other.length > line.length && other.includes(line.replace(/^ *- (late: )?/, ''))
const told = [...lines].filter((line) => ![...lines].some((other) => saidBy(other, line)))
process.stdout.write(told.map((line) => `${line}\n`).join(''))
