import { EventEmitter } from 'node:events'

/** A finished step of a load. */
export interface StepReport {
  name: string
  /** Rows that the step wrote. */
  rows: number
  seconds: number
}

interface StepEvents {
  begin: [name: string]
  end: [report: StepReport]
  /** Something that the user should know, and that stops nothing. */
  notice: [text: string]
}

/** Tells whoever listens what a load is doing. */
export const steps = new EventEmitter<StepEvents>()

/** Runs one step of a load and tells of it. @param work returns the rows that it wrote */
export async function step(name: string, work: () => Promise<number>): Promise<void> {
  const start = performance.now()
  steps.emit('begin', name)
  const rows = await work()
  steps.emit('end', { name, rows, seconds: (performance.now() - start) / 1000 })
}
