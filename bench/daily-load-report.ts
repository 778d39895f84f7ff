import type { StepReport } from '../lib/warehouse/steps'

/** A load that was measured: its steps, the events that it staged, and the star behind it. */
interface Measured {
  steps: StepReport[]
  staged: number
  hash: string
}

/** Everything loaded at once, and the last day of it loaded behind the rest. */
export interface DailyLoad {
  events: number
  full: Measured
  daily: Measured
}

/** @throws Error where the two stars differ: then the times would say nothing */
export function report({ events, full, daily }: DailyLoad): string {
  if (full.hash !== daily.hash)
    throw new Error(`The full build gives the star ${full.hash}, the daily load ${daily.hash}.`)
  const rows = full.steps.map(({ name, seconds }, index) =>
    line(name, seconds, daily.steps[index]!.seconds),
  )
  return [
    `${count(events)} events: a full build of all, and a load of one more day of ${count(daily.staged)}`,
    '',
    ['', 'full build', 'one day', 'one day : full'].map(pad).join('').trimEnd(),
    ...rows,
    '',
    `both give the same star: ${full.hash}`,
  ].join('\n')
}

function line(name: string, full: number, daily: number): string {
  const cells = [name, `${full.toFixed(2)} s`, `${daily.toFixed(2)} s`, (daily / full).toFixed(2)]
  return cells.map(pad).join('')
}

function pad(cell: string, index: number): string {
  return index === 0 ? cell.padEnd(16) : cell.padStart(15)
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}
