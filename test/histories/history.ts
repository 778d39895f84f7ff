import { Random } from '../../lib/sample-data/random'
import { type File, faults, randomFile } from './files'

/** The connection breaks at a statement: before it is sent, or while it runs. */
export interface Crash {
  statement: number
  during: boolean
}

/** One thing that happens to a warehouse; `puts` are files that come, or change, before it. */
export interface Step {
  does: 'load' | 'reload' | 'undo'
  puts: File[]
  crash?: Crash
}

const statementsOfLoad = 75

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
  const kinds: (() => Step[])[] = [
    () => [{ does: 'load', puts: newFiles(random, names) }],
    () => [{ does: 'load', puts: newFiles(random, names) }],
    () => [again],
    () => [{ does: 'load', puts: newFiles(random, names), crash }, again],
    () => [{ does: 'undo', puts: [] }],
    () => [{ does: 'undo', puts: [] }, { does: 'undo', puts: [] }, again],
    () => [{ does: 'undo', puts: [], crash }],
    () => [{ does: 'load', puts: [changed()] }],
    () => [{ does: 'reload', puts: [changed()] }],
    () => [{ does: 'reload', puts: [changed(), ...newFiles(random, names)], crash }],
    () => badThenMended(random, names),
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
  const bad = { ...good, fault: random.pick(faults[good.kind]) }
  return [
    { does: 'load', puts: files.map((file) => (file === good ? bad : file)) },
    { does: 'load', puts: [good] },
  ]
}

function kindAndName(name: string): [File['kind'], string] {
  return [name.startsWith('log_data') ? 'log_data' : 'song_data', name]
}
