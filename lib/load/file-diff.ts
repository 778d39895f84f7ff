import type { Knex } from 'knex'
import { s3Location } from '../../object-store/store'
import type { Source, StoredFile } from '../../sources/source'
import { objectStoreOf } from '../warehouse/connect'
import { DataRefused } from '../warehouse/errors'
import { hasLedger } from './ledger'

/** A file that does not load. */
export interface BadFile extends StoredFile {
  /** What is wrong with it. */
  reason: string
}

/** A file that is left alone until it changes. */
export interface QuarantinedFile extends BadFile {
  /** It was loaded as it was before, and the rows of then stay. */
  hasFormerRows: boolean
}

/** The files of a source, held against the ledger. */
export interface FileDiff {
  /** Not in the ledger, or changed since they were put in quarantine: to be loaded. */
  new: StoredFile[]
  /** Loaded, with another etag. */
  changed: StoredFile[]
  /** In quarantine as they are now. */
  quarantined: QuarantinedFile[]
  /** In quarantine as they were: since then they changed, or went. */
  released: StoredFile[]
  /** Loaded, and not in the bucket. */
  missing: string[]
  /** No data: the JSONPaths file, manifests, folder markers. */
  ignored: string[]
  /** How many are in the ledger. */
  known: number
}

/** Lists a source and holds it against the ledger, where there is one yet; nothing is changed. */
export async function diffFiles(knex: Knex, source: Source): Promise<FileDiff> {
  // The rows come while the folders are read.
  const [entered, pages] = await Promise.all([entriesOf(knex, source.table), list(knex, source)])
  const { loaded, quarantined } = entered
  const diff: FileDiff = {
    ...{ new: [], changed: [], quarantined: [], released: [], missing: [], ignored: [] },
    known: loaded.size + quarantined.size,
  }
  let loadedAndThere = 0
  for (const page of pages) {
    for (const { url, etag = '', size = 0 } of page) {
      if (!isData(url, source)) {
        diff.ignored.push(url)
        continue
      }
      const loadedEtag = loaded.get(url)
      if (loadedEtag !== undefined) loadedAndThere++
      const refused = quarantined.size > 0 ? quarantined.get(url) : undefined
      if (refused?.etag === etag) {
        quarantined.delete(url)
        diff.quarantined.push({ ...refused, size, hasFormerRows: loadedEtag !== undefined })
      } else if (loadedEtag === undefined) diff.new.push({ url, etag, size })
      else if (loadedEtag !== etag) diff.changed.push({ url, etag, size })
    }
  }
  diff.released = [...quarantined.values()]
  if (loadedAndThere < loaded.size) diff.missing = missing(loaded, pages, source)
  return diff
}

function missing(loaded: Map<string, string>, pages: Page[], source: Source): string[] {
  const there = new Set(pages.flatMap((page) => page.map(({ url }) => url)))
  const isThere = (url: string) => there.has(url) && isData(url, source)
  return [...loaded.keys()].filter((url) => url.startsWith(source.from) && !isThere(url))
}

type Page = (Pick<StoredFile, 'url'> & Partial<StoredFile>)[]

async function list(knex: Knex, { from, table }: Source): Promise<Page[]> {
  const buckets = await objectStoreOf(knex)
  const pages: Page[] = []
  for await (const page of buckets.list(from)) pages.push(page)
  if (pages.length > 0) return pages
  throw new DataRefused(
    `The specified S3 prefix '${s3Location(from).key}' does not exist: the files of ${table} are expected at ${from}`,
  )
}

function isData(url: string, { json }: Source): boolean {
  return url !== json && !/(\/|_\$folder\$|\.manifest)$/.test(url)
}

interface Entries {
  /** The etags of files, by their URLs. */
  loaded: Map<string, string>
  quarantined: Map<string, BadFile>
}

// Arrays, and nothing more than is compared: these rows are as many as all files that were ever loaded.
const entries = `
  select url, etag, case when state = 'quarantined' then nvl(reason, '') end as reason
  from load_files
  where table_name = ?`

async function entriesOf(knex: Knex, table: string): Promise<Entries> {
  const loaded = new Map<string, string>()
  const quarantined = new Map<string, BadFile>()
  if (!(await hasLedger(knex))) return { loaded, quarantined }
  const query = knex.raw<{ rows: [url: string, etag: string, reason: string | null][] }>(entries, [
    table,
  ])
  const { rows } = await query.options({ rowMode: 'array' })
  for (const [url, etag, reason] of rows) {
    if (reason === null) loaded.set(url, etag)
    else quarantined.set(url, { url, etag, size: 0, reason })
  }
  return { loaded, quarantined }
}
