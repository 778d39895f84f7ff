import { EventEmitter } from 'node:events'

/** A finished step of a load. */
export interface StepReport {
  name: string
  /** What the step wrote or went through: so many of `unit`. */
  count: number
  unit: string
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

/**
 * Runs one step of a load and tells of it.
 * @param work returns how many of `unit` it wrote or went through
 */
export async function step(
  name: string,
  work: () => Promise<number>,
  unit = 'rows',
): Promise<void> {
  const start = performance.now()
  steps.emit('begin', name)
  const count = await work()
  steps.emit('end', { name, count, unit, seconds: (performance.now() - start) / 1000 })
}
