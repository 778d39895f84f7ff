import type { File } from './files'
import type { Step } from './history'

/** A shorter history that still fails: steps, files and records are left out as long as it does. */
export async function shrink(
  steps: Step[],
  fails: (steps: Step[]) => Promise<boolean>,
): Promise<Step[]> {
  for (const shorter of shorterThan(steps)) {
    if (await fails(shorter)) return shrink(shorter, fails)
  }
  return steps
}

function* shorterThan(steps: Step[]): Generator<Step[]> {
  for (const i of steps.keys()) yield steps.toSpliced(i, 1)
  for (const [i, step] of steps.entries()) {
    for (const shorter of shorterSteps(step)) yield steps.with(i, shorter)
  }
}

function* shorterSteps(step: Step): Generator<Step> {
  const { crash, ...undisturbed } = step
  if (crash) yield undisturbed
  for (const i of step.puts.keys()) yield { ...step, puts: step.puts.toSpliced(i, 1) }
  for (const [i, file] of step.puts.entries()) {
    for (const j of file.records.keys()) {
      const shorter = { ...file, records: file.records.toSpliced(j, 1) } as File
      yield { ...step, puts: step.puts.with(i, shorter) }
    }
  }
}
