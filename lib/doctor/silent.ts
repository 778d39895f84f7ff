import type { Knex } from 'knex'
import type { StoredFile } from '../load/ledger'
import { type DeclaredColumn, declaredColumns, type Finding } from './diagnose'
import { type FileRecord, isValue, keyMeant, keysOf, recordsOf, sampleOf, textOf } from './records'
import { spellingAdvice, widen } from './remedies'
import { type Buckets, bucketsOf, keyOfColumns, readSmall } from './whole-copy'

/** A COPY that succeeded. */
export interface Copied {
  table: string
  columns: string[]
  /** 'auto', or the URL of a JSONPaths file. */
  json: string
  files: StoredFile[]
  /** The condition that rows are of this COPY. */
  isOfLoad: string
}

type Sample = (FileRecord & { url: string })[]

interface Told {
  rows: number
  /** Columns that are NULL in every row. */
  empty: string[]
  /** VARCHAR columns with a text that fills them, and their bytes. */
  full: { column: DeclaredColumn; bytes: number }[]
}

// Enough to see what all records share, and read in no time.
const sampled = { files: 3, records: 200 }

/**
 * What is wrong with a COPY that succeeded: columns that stayed empty though the files have values,
 * texts that were cut, files without a record. Asks the table once; reads a few records only where
 * that gives a reason to.
 */
export async function silentFaults(knex: Knex, copied: Copied): Promise<Finding[]> {
  const found = emptyFiles(copied)
  const told = await askTable(knex, copied)
  if (told.rows === 0 || (told.empty.length === 0 && told.full.length === 0)) return found
  const { sample, keys } = await readSome(await bucketsOf(knex), copied)
  return [...found, ...unfilled(told, sample, keys, copied), ...cut(told, sample, keys, copied)]
}

// Redshift may read what we may not: then nothing is found, and the load goes on.
async function readSome(buckets: Buckets, { files, json, columns }: Copied) {
  const urls = files.filter(({ size }) => size > 0).map(({ url }) => url)
  const read = async () => ({
    sample: await sampleOf(buckets, urls, sampled),
    text: json.startsWith('s3://') ? await readSmall(buckets, json) : undefined,
  })
  const { sample, text } = await read().catch(() => ({ sample: [], text: undefined }))
  return { sample, keys: keyOfColumns({ columns }, text) }
}

function emptyFiles({ files }: Copied): Finding[] {
  const empty = files.filter(({ size }) => size === 0)
  if (empty.length === 0) return []
  return [
    {
      what: 'The file is empty, and COPY says nothing of it',
      count: empty.length,
      examples: empty.slice(0, 3).map(({ url }) => ({ url, line: 1 })),
      remedy: {
        says: 'Deliver the file again, and load it anew; or remove it:',
        paste: 'sparkify run --reload',
      },
    },
  ]
}

async function askTable(knex: Knex, { table, columns, isOfLoad }: Copied): Promise<Told> {
  const declared = await declaredColumns(knex, table)
  const texts = declared.filter(
    ({ name, type }) => columns.includes(name) && type.startsWith('character varying'),
  )
  const { rows } = await knex.raw<{ rows: Record<string, number | null>[] }>(
    `select count(*) as all_rows,
      ${columns.map((name, at) => `count(${name}) as filled_${at}`).join(', ')}
      ${texts.map(({ name }, at) => `, max(octet_length(${name})) as bytes_${at}`).join('')}
    from ${table} where ${isOfLoad}`,
  )
  const counts = rows[0]!
  return {
    rows: counts.all_rows ?? 0,
    empty: columns.filter((_, at) => counts[`filled_${at}`] === 0),
    full: texts.flatMap((column, at) => {
      const bytes = Number(/\d+/.exec(column.type)?.[0])
      // A cut ends before the character that does not fit: up to three bytes early.
      return (counts[`bytes_${at}`] ?? 0) > bytes - 4 ? [{ column, bytes }] : []
    }),
  }
}

function unfilled(
  { empty, rows }: Told,
  sample: Sample,
  keys: Map<string, string>,
  { json }: Copied,
): Finding[] {
  return empty.flatMap((column) => {
    const key = keys.get(column) ?? column
    const found = sample.flatMap(({ value, url, line }) => {
      const record = value as Record<string, unknown>
      const meant = meantKey(column, key, value)
      return meant !== undefined && meant !== key && isValue(record[meant])
        ? [{ url, line, meant, value: textOf(record[meant]).slice(0, 200) }]
        : []
    })
    const [first] = found
    if (!first) return []
    return [
      {
        what: `${column} is NULL in all ${rows} rows, and the files have values for it`,
        count: rows,
        column,
        examples: found.slice(0, 3).map(({ url, line, value }) => ({ url, line, value })),
        remedy: spellingAdvice(key, first.meant, json),
      },
    ]
  })
}

function meantKey(column: string, key: string, value: unknown): string | undefined {
  const keys = keysOf(value)
  return keyMeant(key, keys) ?? keyMeant(column, keys)
}

function cut(
  { full }: Told,
  sample: Sample,
  keys: Map<string, string>,
  { table }: Copied,
): Finding[] {
  return full.flatMap(({ column, bytes }) => {
    const key = keys.get(column.name) ?? column.name
    const long = sample.flatMap(({ value, url, line }) => {
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
          .slice(0, 3)
          .map(({ url, line, text }) => ({ url, line, value: text.slice(0, 200) })),
        remedy: {
          says: `Widen ${column.name} in a migration, and load the files anew.`,
          paste: widen(table, column, needed),
        },
      },
    ]
  })
}

const mostBytesCounted = 64 * 1024 * 1024

/** Rows fewer than the files have records: counted where the files have 64 MB at most. */
export async function missingRows(
  knex: Knex,
  { table, files }: { table: string; files: StoredFile[] },
  rows: number,
): Promise<Finding[]> {
  if (files.reduce((sum, { size }) => sum + size, 0) > mostBytesCounted) return []
  const buckets = await bucketsOf(knex)
  let records = 0
  for (const { url } of files) records += await countRecords(buckets, url)
  if (records <= rows) return []
  return [
    {
      what: `The files have ${records} records, and ${table} took ${rows} rows of them`,
      count: records - rows,
      examples: [],
      remedy: {
        says: 'The rest was passed over (MAXERROR). Correct the files, and load them anew:',
        paste: 'sparkify run --reload',
      },
    },
  ]
}

async function countRecords(buckets: Buckets, url: string): Promise<number> {
  let records = 0
  for await (const record of recordsOf(buckets, url)) if (record.text !== '') records++
  return records
}
