import type { Knex } from 'knex'
import { byObject, readObjects } from '../../object-store/read-objects'
import type { ObjectStore } from '../../object-store/store'
import type { Source, StoredFile } from '../../sources/source'
import { countRows, objectStoreOf } from '../warehouse/connect'
import { counted, formatCount } from '../warehouse/counts'
import { type DeclaredColumn, declaredColumns } from './error-log'
import { excerpt, type Finding, mostExamples } from './finding'
import { keysOfColumns } from './json-paths'
import { type FileRecord, isValue, keyMeant, keysOf, recordsIn, sampleOf, textOf } from './records'
import { spellingAdvice, widenColumn } from './snippets'

/** A COPY that succeeded. */
export interface Copied {
  source: Pick<Source, 'table' | 'columns' | 'json'>
  files: StoredFile[]
  /** Holds of the rows that it wrote: SQL. */
  predicate: string
  /** False where it cut no texts that are too long (TRUNCATECOLUMNS). */
  cutsTexts?: boolean
}

/**
 * What is wrong with a COPY that succeeded: columns that stayed empty though the files have values,
 * texts that were cut, files without a record. Asks the table for a few rows, for all of them where those
 * leave a doubt, and reads a few records where that gives a reason to.
 */
export async function silentFaults(knex: Knex, copied: Copied): Promise<Finding[]> {
  const found = emptyFiles(copied.files)
  const stats = await columnStats(knex, copied)
  if (stats.rows === 0 || (stats.empty.length === 0 && stats.full.length === 0)) return found
  const { source } = copied
  const sample = await readSample(await objectStoreOf(knex), copied)
  return [...found, ...emptyColumns(stats, sample, source), ...cutTexts(stats, sample, source)]
}

function emptyFiles(files: StoredFile[]): Finding[] {
  const empty = files.filter(({ size }) => size === 0)
  if (empty.length === 0) return []
  return [
    {
      what: 'The file is empty, and COPY does not report it',
      count: empty.length,
      examples: empty.slice(0, mostExamples).map(({ url }) => ({ url, line: 1 })),
      remedy: {
        explanation: 'Deliver the file again, and load it again; or remove it:',
        snippet: 'sparkify run --reload',
      },
    },
  ]
}

interface ColumnStats {
  rows: number
  /** Columns that are NULL in every row. */
  empty: string[]
  /** VARCHAR columns with a text that fills them, and their bytes. */
  full: { column: DeclaredColumn; bytes: number }[]
}

// Nearly always a few rows show that each column is filled.
const rowsLookedAt = 1000

async function columnStats(
  knex: Knex,
  { source: { table, columns }, predicate, cutsTexts = true }: Copied,
): Promise<ColumnStats> {
  const written = `${table} where ${predicate}`
  const some = `(select ${columns.join(', ')} from ${written} limit ${rowsLookedAt}) as first_rows`
  const first = await countFilled(knex, columns, some)
  const texts = cutsTexts ? await textsOf(knex, table, columns) : []
  if (first.empty.length + texts.length === 0) return { ...first, full: [] }
  const { rows, empty, bytes } = await countFilled(knex, first.empty, written, texts)
  return {
    rows,
    empty,
    full: texts.flatMap((column, at) => {
      const limit = Number(/\d+/.exec(column.type)?.[0])
      // A cut ends before the character that does not fit: up to three bytes early.
      return bytes[at]! > limit - 4 ? [{ column, bytes: limit }] : []
    }),
  }
}

async function textsOf(knex: Knex, table: string, columns: string[]): Promise<DeclaredColumn[]> {
  const declared = await declaredColumns(knex, table)
  return declared.filter(
    ({ name, type }) => columns.includes(name) && type.startsWith('character varying'),
  )
}

/** The rows, the columns that are NULL in all of them, and the bytes of the longest of each text. */
async function countFilled(
  knex: Knex,
  columns: string[],
  from: string,
  texts: DeclaredColumn[] = [],
): Promise<{ rows: number; empty: string[]; bytes: number[] }> {
  const expressions = [
    'count(*) as all_rows',
    ...columns.map((name, at) => `count(${name}) as filled_${at}`),
    ...texts.map(({ name }, at) => `max(octet_length(${name})) as bytes_${at}`),
  ]
  const { rows } = await knex.raw<{ rows: Record<string, number | null>[] }>(
    `select ${expressions.join(', ')} from ${from}`,
  )
  const counts = rows[0]!
  return {
    rows: counts.all_rows ?? 0,
    empty: columns.filter((_, at) => counts[`filled_${at}`] === 0),
    bytes: texts.map((_, at) => counts[`bytes_${at}`] ?? 0),
  }
}

/** A few records of the files, and the key that each column is filled from. */
interface Sample {
  records: (FileRecord & { url: string })[]
  keys: Map<string, string>
}

// Enough to see what all records share, and read in no time.
const sampleSize = { files: 3, records: 200 }

// Redshift may read what we may not: then nothing is found, and the load goes on.
async function readSample(store: ObjectStore, { files, source }: Copied): Promise<Sample> {
  const urls = files.filter(({ size }) => size > 0).map(({ url }) => url)
  try {
    const records = await sampleOf(store, urls, sampleSize)
    return { records, keys: await keysOfColumns(store, source) }
  } catch {
    return { records: [], keys: new Map() }
  }
}

function emptyColumns(
  { empty, rows }: ColumnStats,
  { records, keys }: Sample,
  { json }: Copied['source'],
): Finding[] {
  return empty.flatMap((column) => {
    const key = keys.get(column) ?? column
    const found = records.flatMap(({ value, url, line }) => {
      const meant = meantKey(column, key, value)
      if (meant === undefined || meant === key) return []
      const written = (value as Record<string, unknown>)[meant]
      if (!isValue(written)) return []
      return [{ meant, example: { url, line, value: excerpt(textOf(written)) } }]
    })
    const [first] = found
    if (!first) return []
    return [
      {
        what: `${column} is NULL in all ${formatCount(rows)} rows, and the files have values for it`,
        count: rows,
        saysCount: true as const,
        column,
        examples: found.slice(0, mostExamples).map(({ example }) => example),
        remedy: spellingAdvice(key, first.meant, json),
      },
    ]
  })
}

function meantKey(column: string, key: string, value: unknown): string | undefined {
  const keys = keysOf(value)
  return keyMeant(key, keys) ?? keyMeant(column, keys)
}

function cutTexts(
  { full }: ColumnStats,
  { records, keys }: Sample,
  { table }: Copied['source'],
): Finding[] {
  return full.flatMap(({ column, bytes }) => {
    const key = keys.get(column.name) ?? column.name
    const long = records.flatMap(({ value, url, line }) => {
      const text = textOf((value as Record<string, unknown> | undefined)?.[key])
      return Buffer.byteLength(text) > bytes ? [{ url, line, text }] : []
    })
    if (long.length === 0) return []
    const needed = Math.max(...long.map(({ text }) => Buffer.byteLength(text)))
    return [
      {
        what: `Texts of ${column.name} were cut to ${bytes} bytes (TRUNCATECOLUMNS)`,
        count: long.length,
        column: column.name,
        declared: column.type,
        needed: `varchar(${needed})`,
        examples: long
          .slice(0, mostExamples)
          .map(({ url, line, text }) => ({ url, line, value: excerpt(text) })),
        remedy: {
          explanation: `Widen ${column.name} in a migration, and what is filled from it; then load the files again, without TRUNCATECOLUMNS.`,
          snippet: widenColumn(table, column, needed),
        },
      },
    ]
  })
}

const mostBytesCounted = 64 * 1024 * 1024

/** Rows fewer than the files have records: counted where the files have 64 MB at most. */
export async function missingRows(
  knex: Knex,
  { source: { table }, files, predicate }: Copied,
): Promise<Finding[]> {
  if (files.reduce((sum, { size }) => sum + size, 0) > mostBytesCounted) return []
  const store = await objectStoreOf(knex)
  let records = 0
  for await (const { chunks } of byObject(readObjects(store, [files]))) {
    for await (const { text } of recordsIn(chunks)) if (text !== '') records++
  }
  const rows = await countRows(knex, `${table} where ${predicate}`)
  if (records <= rows) return []
  return [
    {
      what: `The files have ${counted(records, 'record')}, and ${table} took ${counted(rows, 'row')} of them`,
      count: records - rows,
      saysCount: true,
      examples: [],
      remedy: {
        explanation: 'The rest was rejected (MAXERROR). Correct the files, and load them again:',
        snippet: 'sparkify run --reload',
      },
    },
  ]
}
