import type { EventRecord, Loaded, Row, SongRecord } from '../oracle/records'
import type { Star } from '../oracle/star'
import { type Edit, starWith } from './edits'
import { type File, isRejectedByCopy } from './files'

/** A file as a load staged it. */
export interface Staged {
  file: File
  load: number
}

/** What is staged, by the names of the files. */
export type Ledger = ReadonlyMap<string, Staged>

/** What a bucket holds, by the names of the files. */
export type Bucket = ReadonlyMap<string, File>

/** What a warehouse remembers. */
export interface Memory {
  ledger: Ledger
  /** Files that did not load, by their names, with the number of the run that found so. */
  quarantine: Ledger
  /** What was remembered before each load that can be undone. */
  before: { load: number; ledger: Ledger }[]
  /** The edits of the models that the star was built by; undefined where it never was. */
  built: readonly Edit[] | undefined
}

/** What a warehouse remembers that nothing was loaded into. */
export const blank: Memory = {
  ledger: new Map(),
  quarantine: new Map(),
  before: [],
  built: undefined,
}

/** How a load treats files. */
interface Treatment {
  reload: boolean
  quarantine: boolean
}

/**
 * What a load leaves; undefined where the load must be rejected.
 * @param load the number of the load, above those before
 * @param built the edits of the models
 */
export function afterLoad(
  { ledger, quarantine, before }: Memory,
  bucket: Bucket,
  load: number,
  treatment: Treatment,
  built: readonly Edit[],
): Memory | undefined {
  const bad = new Map([...quarantine].filter(([name, { file }]) => bucket.get(name) === file))
  const due: File[] = []
  for (const kind of ['log_data', 'song_data'] as const) {
    const files = [...bucket.values()].filter((file) => file.kind === kind && !bad.has(file.name))
    const isDue = ({ name }: File) => !ledger.has(name) || treatment.reload
    const found = files.filter((file) => ledger.get(file.name)?.file !== file && isDue(file))
    const rejected = treatment.quarantine ? found.filter(isRejectedByCopy) : []
    const isFirst = ![...ledger.values(), ...bad.values()].some(({ file }) => file.kind === kind)
    if (
      !hasKind(bucket, kind) ||
      (rejected.length > 0 && rejected.length === found.length && isFirst)
    )
      return undefined
    for (const file of rejected) bad.set(file.name, { file, load })
    due.push(...found.filter((file) => !rejected.includes(file) && !hasToWait(file, ledger, bad)))
  }
  if (due.some(({ fault }) => fault !== undefined)) return undefined
  if (due.length === 0) return { ledger, quarantine: bad, before, built }
  const next = new Map(ledger)
  for (const file of due) next.set(file.name, { file, load })
  return { ledger: next, quarantine: bad, before: [...before, { load, ledger }], built }
}

/** What undoing the latest load leaves, with the models edited as `built` says. */
export function afterUndo(memory: Memory, built: readonly Edit[]): Memory {
  const latest = memory.before.at(-1)
  if (!latest) return memory
  const quarantine = new Map([...memory.quarantine].filter(([, { load }]) => load !== latest.load))
  return { ledger: latest.ledger, quarantine, before: memory.before.slice(0, -1), built }
}

/** The star of what is staged, by the oracle. */
export function starOfMemory({ ledger, built = [] }: Memory): Star {
  const events: EventRecord[] = []
  const songs: Loaded<SongRecord>[] = []
  for (const { file, load } of ledger.values()) {
    if (file.kind === 'log_data') events.push(...file.records)
    else songs.push(...file.records.map((record) => ({ ...record, load })))
  }
  return starWith(built, events, songs)
}

/** The rows that only one of two stars has, a line each. */
export function differences(found: Star, expected: Star): string[] {
  return (Object.keys(expected) as (keyof Star)[]).flatMap((table) => [
    ...without(found[table], expected[table]).map((row) => `${table} has      ${row}`),
    ...without(expected[table], found[table]).map((row) => `${table} has not  ${row}`),
  ])
}

// A source without a single file is a wrong setting.
function hasKind(bucket: Bucket, kind: File['kind']): boolean {
  return [...bucket.values()].some((file) => file.kind === kind)
}

/** Rows know their load, not their file: whose are whose is not to be told while two files of a load are not there. */
function hasToWait({ name, kind }: File, ledger: Ledger, bad: Ledger): boolean {
  const former = ledger.get(name)
  const ofSameLoad = [...bad.keys()].filter((each) => {
    const other = ledger.get(each)
    return other?.load === former?.load && other?.file.kind === kind
  })
  return former !== undefined && ofSameLoad.length > 0
}

/** As multisets: a row that is there twice is one too many. */
function without(rows: Row[], others: Row[]): string[] {
  const left = others.map(sortedText)
  return rows.map(sortedText).filter((text) => {
    const index = left.indexOf(text)
    if (index >= 0) left.splice(index, 1)
    return index < 0
  })
}

function sortedText(row: Row): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))),
  )
}
