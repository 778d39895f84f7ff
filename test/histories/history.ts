import { Random } from '../../lib/sample-data/random'
import { type Edit, edits } from './edits'
import { type File, faults, randomFile, textOf } from './files'

/** The connection breaks at a statement: before it is sent, or while it runs. */
export interface Crash {
  statement: number
  during: boolean
}

/**
 * One thing that happens to a warehouse; `puts` are files that come, or change, before it, and `edits`
 * what the models are from then on.
 */
export interface Step {
  does: 'load' | 'reload' | 'quarantine' | 'reload with quarantine' | 'undo'
  puts: File[]
  edits?: Edit[]
  crash?: Crash
}

const statementsOfLoad = 100

/** A random life of a warehouse; the same seed, the same life. */
export function randomHistory(seed: number): Step[] {
  const random = new Random(seed, 1)
  const steps: Step[] = [{ does: 'load', puts: firstFiles(random) }]
  const names = steps[0]!.puts.map(({ name }) => name)
  while (steps.length < 4) steps.push(...randomSteps(random, names))
  return steps
}

function firstFiles(random: Random): File[] {
  return [
    randomFile(random, 'log_data', 'log_data/0.json'),
    randomFile(random, 'song_data', 'song_data/0.json'),
  ]
}

function randomSteps(random: Random, names: string[]): Step[] {
  const crash = { statement: 1 + random.below(statementsOfLoad), during: random.chance(1, 2) }
  const again: Step = { does: 'load', puts: [] }
  const changed = () => randomFile(random, ...kindAndName(random.pick(names)))
  const undo: Step = { does: 'undo', puts: [] }
  const reload = (): Step => ({ does: 'reload', puts: [changed()] })
  const edited = () => ({ edits: edits.filter(() => random.chance(1, 2)) })
  const kinds: (() => Step[])[] = [
    () => [{ does: 'load', puts: newFiles(random, names) }],
    () => [{ does: 'load', puts: newFiles(random, names) }],
    () => [again],
    () => [{ does: 'load', puts: newFiles(random, names), crash }, again],
    () => [undo],
    () => [undo, undo, again],
    () => [{ ...undo, crash }],
    () => [{ does: 'load', puts: [changed()] }],
    () => [reload()],
    () => [reload(), undo],
    () => [reload(), reload(), undo, { ...undo, crash }],
    () => [
      { does: 'reload', puts: [changed(), changed(), ...newFiles(random, names)], crash },
      undo,
    ],
    () => [{ ...again, ...edited() }],
    () => [{ ...again, ...edited(), crash }, again],
    () => [
      { does: 'load', puts: newFiles(random, names), ...edited() },
      { ...undo, ...edited() },
    ],
    () => [{ ...reload(), ...edited() }, undo],
    () => badThenMended(random, names).map((step) => ({ ...step, ...edited() })),
    () => badThenMended(random, names),
    () => quarantinedThenMended(random, newFiles(random, names)),
    () => quarantinedThenMended(random, [changed(), changed()]),
  ]
  return random.pick(kinds)()
}

/** Files that were not there; now and then one has the content of another, delivered twice. */
function newFiles(random: Random, names: string[]): File[] {
  const files = Array.from({ length: 1 + random.below(3) }, () => {
    const kind = random.pick(['log_data', 'log_data', 'song_data'] as const)
    const name = `${kind}/${names.length}.json`
    names.push(name)
    return randomFile(random, kind, name)
  })
  if (!random.chance(1, 3)) return files
  const name = `${files[0]!.kind}/${names.length}.json`
  names.push(name)
  return [...files, { ...files[0]!, name }]
}

function badThenMended(random: Random, names: string[]): Step[] {
  const files = newFiles(random, names)
  const good = random.pick(files)
  const { copy, audit } = faults[good.kind]
  const bad = { ...good, fault: random.pick([...copy, ...audit]) }
  return [
    { does: 'load', puts: files.map((file) => (file === good ? bad : file)) },
    { does: 'load', puts: [good] },
  ]
}

/** Files of which one is bad go, undone or not; and it goes again, as it is or mended. */
function quarantinedThenMended(random: Random, files: File[]): Step[] {
  const good = random.pick(files)
  const bad = { ...good, fault: random.pick(faults[good.kind].copy) }
  const does = random.pick([
    'quarantine',
    'reload with quarantine',
    'reload with quarantine',
  ] as const)
  const between = random.pick<Step[]>([
    [],
    [],
    [{ does: 'undo', puts: [] }],
    [{ does: 'reload', puts: [] }],
  ])
  return [
    { does, puts: files.map((file) => (file === good ? bad : file)) },
    ...between,
    { does, puts: random.pick([[], [{ ...good }]]) },
  ]
}

function kindAndName(name: string): [File['kind'], string] {
  return [name.startsWith('log_data') ? 'log_data' : 'song_data', name]
}

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
  const { edits, ...unedited } = step
  if (edits) yield unedited
  for (const i of edits?.keys() ?? []) yield { ...step, edits: edits!.toSpliced(i, 1) }
  for (const i of step.puts.keys()) yield { ...step, puts: step.puts.toSpliced(i, 1) }
  for (const [i, file] of step.puts.entries()) {
    for (const j of file.records.keys()) {
      const shorter = { ...file, records: file.records.toSpliced(j, 1) } as File
      yield { ...step, puts: step.puts.with(i, shorter) }
    }
  }
}

/** The history for whoever reads of its failure: each step, with the files that come before it. */
export function describeHistory(steps: Step[]): string[] {
  return steps.map(({ does, puts, edits, crash }, index) => {
    const files = puts.map((file) => `   ${file.name}\n${textOf(file)}`)
    const models = edits ? [`   models: ${edits.join(', ') || 'as they are'}`] : []
    const crashed = crash ? JSON.stringify(crash) : ''
    return [`${index + 1}. ${does} ${crashed}`, ...models, ...files].join('\n')
  })
}
