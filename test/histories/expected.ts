import type { EventRecord, Loaded, Row, SongRecord } from '../oracle/records'
import { type Star, starOf } from '../oracle/star'
import type { File } from './files'

/** A file as a load staged it. */
export interface Staged {
  file: File
  load: number
}

/** What is staged, by the names of the files. */
export type Ledger = ReadonlyMap<string, Staged>

/** What a bucket holds, by the names of the files. */
export type Bucket = ReadonlyMap<string, File>

/**
 * The ledger that a load leaves; undefined where the load must be rejected.
 * @param load the number of the load, above those before
 */
export function afterLoad(
  ledger: Ledger,
  bucket: Bucket,
  load: number,
  reload: boolean,
): Ledger | undefined {
  if (!hasBothKinds(bucket)) return undefined
  const next = new Map(ledger)
  if (reload) for (const name of toReload(ledger, bucket)) next.delete(name)
  const added = [...bucket.values()].filter(({ name }) => !next.has(name))
  if (added.some(({ fault }) => fault !== undefined)) return undefined
  for (const file of added) next.set(file.name, { file, load })
  return next
}

/** The ledger that undoing the latest load leaves. */
export function afterUndo(ledger: Ledger): Ledger {
  const latest = Math.max(...[...ledger.values()].map(({ load }) => load))
  return new Map([...ledger].filter(([, { load }]) => load !== latest))
}

/** The star of what is staged, by the oracle. */
export function starOfLedger(ledger: Ledger): Star {
  const events: EventRecord[] = []
  const songs: Loaded<SongRecord>[] = []
  for (const { file, load } of ledger.values()) {
    if (file.kind === 'log_data') events.push(...file.records)
    else songs.push(...file.records.map((record) => ({ ...record, load })))
  }
  return starOf(events, songs)
}

/** The rows that only one of two stars has, a line each. */
export function differences(found: Star, expected: Star): string[] {
  return (Object.keys(expected) as (keyof Star)[]).flatMap((table) => [
    ...without(found[table], expected[table]).map((row) => `${table} has      ${row}`),
    ...without(expected[table], found[table]).map((row) => `${table} has not  ${row}`),
  ])
}

// A source without a single file is a wrong setting.
function hasBothKinds(bucket: Bucket): boolean {
  return new Set([...bucket.values()].map(({ kind }) => kind)).size === 2
}

/** The changed files, and those of the same kind that came in their loads: rows know their load, not their file. */
function toReload(ledger: Ledger, bucket: Bucket): string[] {
  const sourceOf = ({ file, load }: Staged) => `${file.kind} of load ${load}`
  const staged = [...ledger.values()]
  const changed = staged.filter(({ file }) => bucket.get(file.name) !== file)
  const sources = new Set(changed.map(sourceOf))
  return staged.filter((each) => sources.has(sourceOf(each))).map(({ file }) => file.name)
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
