import type { Knex } from 'knex'
import { s3Location, type StoredObject } from '../../object-store/store'
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
  const { loaded, quarantined } = await entriesOf(knex, source.table)
  const diff: FileDiff = {
    ...{ new: [], changed: [], quarantined: [], released: [], missing: [], ignored: [] },
    known: loaded.size + quarantined.size,
  }
  // What is there leaves the entries: the rest is gone.
  const take = (file: StoredFile) => {
    const { url, etag } = file
    const loadedEtag = loaded.get(url)
    if (loadedEtag !== undefined) loaded.delete(url)
    const refused = quarantined.size > 0 ? quarantined.get(url) : undefined
    if (refused?.etag === etag) {
      quarantined.delete(url)
      diff.quarantined.push({
        ...file,
        reason: refused.reason,
        hasFormerRows: loadedEtag !== undefined,
      })
    } else if (loadedEtag === undefined) diff.new.push(file)
    else if (loadedEtag !== etag) diff.changed.push(file)
  }
  for await (const page of list(knex, source))
    for (const { url, etag = '', size = 0 } of page)
      if (isData(url, source)) take({ url, etag, size })
      else diff.ignored.push(url)
  diff.released = [...quarantined.values()]
  diff.missing = [...loaded.keys()].filter((url) => url.startsWith(source.from))
  return diff
}

async function* list(knex: Knex, { from, table }: Source): AsyncGenerator<StoredObject[]> {
  let isThere = false
  const buckets = await objectStoreOf(knex)
  for await (const page of buckets.list(from)) {
    isThere = true
    yield page
  }
  if (isThere) return
  throw new DataRefused(
    `The specified S3 prefix '${s3Location(from).key}' does not exist: the files of ${table} are expected at ${from}`,
    { findings: [{ what: 'does not exist', file: from, table }] },
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
