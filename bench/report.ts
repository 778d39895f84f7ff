import type { SampleSummary } from '../lib/sample-data/write'
import type { Copied } from './psql'

/** One COPY, in milliseconds, and behind it one `\copy`. */
export interface Round {
  copy: number
  psql: Copied | undefined
}

/** What was measured; memory in bytes, undefined where the system does not tell it. */
export interface Figures {
  data: SampleSummary
  csvBytes: number | undefined
  rounds: Round[]
  server: { atRest: number | undefined; peak: number | undefined }
}

const withoutPsql =
  'psql is not installed, so there is nothing to compare with: ' +
  'it comes with the Debian package postgresql-client (apt-get install postgresql-client).'

export function report(figures: Figures): string {
  const { data, csvBytes } = figures
  const head = [
    `${count(data.events)} events, one warm-up and ${figures.rounds.length} rounds, in turns`,
    `COPY   through the local Redshift: ${data.eventFiles} JSON files, ${megabytes(data.bytes)}`,
    csvBytes === undefined
      ? withoutPsql
      : `\\copy  by psql on the same engine: the same rows as CSV, ${megabytes(csvBytes)}, into a plain table`,
  ]
  return [...head, '', ...table(figures), '', ...memory(figures)].join('\n')
}

function table({ rounds, data }: Figures): string[] {
  const ours = rounds.map(({ copy }) => copy)
  const theirs = rounds.flatMap(({ psql }) => psql?.milliseconds ?? [])
  const ratios = theirs.map((time, round) => ours[round]! / time)
  const rowsPerSecond = (times: number[]) => perSecond(data.events, times)
  return [
    line('', 'COPY', '\\copy', 'COPY : \\copy'),
    ...rounds.map((_, i) =>
      line(`round ${i + 1}`, seconds(ours[i]), seconds(theirs[i]), ratio(ratios[i])),
    ),
    line('median', seconds(median(ours)), seconds(median(theirs)), ratio(median(ratios))),
    line('rows/s', rowsPerSecond(ours), rowsPerSecond(theirs), ''),
  ]
}

function memory({ server, rounds }: Figures): string[] {
  const peaks = rounds.flatMap(({ psql }) => psql?.peakMemory ?? [])
  const psql = peaks.length > 0 ? Math.max(...peaks) : undefined
  return [
    `peak memory of the process with the wire server: ${megabytes(server.peak)} ` +
      `(${megabytes(server.atRest)} before the first COPY)`,
    ...(rounds[0]?.psql ? [`peak memory of psql: ${megabytes(psql)}`] : []),
  ]
}

function line(...[label, ...cells]: string[]): string {
  return (label!.padEnd(8) + cells.map((cell) => cell.padStart(14)).join('')).trimEnd()
}

/** The middle one; of an even number, the upper of the two in the middle. */
function median(values: number[]): number | undefined {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
}

function seconds(milliseconds: number | undefined): string {
  return milliseconds === undefined ? '-' : `${(milliseconds / 1000).toFixed(3)} s`
}

function ratio(value: number | undefined): string {
  return value === undefined ? '-' : value.toFixed(2)
}

function perSecond(rows: number, times: number[]): string {
  const time = median(times)
  return time === undefined ? '-' : count(Math.round(rows / (time / 1000)))
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}

function megabytes(bytes: number | undefined): string {
  return bytes === undefined ? 'unknown on this system' : `${(bytes / 1e6).toFixed(1)} MB`
}
