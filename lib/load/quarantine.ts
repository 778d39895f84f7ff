import type { Knex } from 'knex'
import { copyStatement, type Source, type StoredFile, wordsOf } from '../../sources/source'
import {
  type CopySession,
  copySessionOf,
  type LoggedError,
  loggedErrors,
  ofQuery,
  ofSession,
} from '../doctor/error-log'
import { pathsFinding } from '../doctor/json-paths'
import { objectStoreOf, settingsOf } from '../warehouse/connect'
import { formatCount } from '../warehouse/counts'
import { DataRefused, exitCodeOf, UsageError } from '../warehouse/errors'
import { isRetryable } from '../warehouse/steps'
import type { BadFile } from './file-diff'
import { outsideOf } from './seed-source'
import { writeManifest } from './manifest'

/**
 * The files of a source that COPY does not load, with what is wrong with each. It tries
 * them (NOLOAD) in transactions of their own, on a temporary table, so that it waits for no lock.
 * @param known how many files of the source are in the ledger
 * @throws UsageError without WORK_DATA; DataRefused where no file of a first load loads
 */
export async function findBadFiles(
  transaction: Knex,
  source: Source,
  files: StoredFile[],
  known: number,
): Promise<BadFile[]> {
  const { WORK_DATA } = settingsOf(transaction)
  if (!WORK_DATA) {
    throw new UsageError(
      'WORK_DATA is not set: --quarantine names files to COPY in a manifest, and needs the s3:// URL ' +
        'of a folder that may be written, s3://bucket/work. Set it in .env.',
    )
  }
  const search = new Search(outsideOf(transaction), source, WORK_DATA)
  const bad = await search.badAmong(files)
  // One bad file may be all that came today; where nothing ever loaded, the files are not to blame.
  if (bad.length < files.length || known > 0) return bad
  throw new DataRefused(
    `${files.length === 1 ? 'The only new file' : `None of the ${formatCount(files.length)} new files`} of ${source.from} loads into ${source.table}, such as\n` +
      `  ${bad[0]!.url}: ${bad[0]!.reason}\nAt least one good file is expected: see \`sparkify errors\`.`,
    { findings: bad.map(({ url, reason }) => ({ what: reason, file: url, table: source.table })) },
  )
}

/** What a COPY without loading said of its files. */
interface Trial {
  errors: LoggedError[]
  /** Where it failed as a whole. */
  failure?: unknown
}

class Search {
  constructor(
    private readonly knex: Knex,
    private readonly source: Source,
    private readonly workData: string,
  ) {}

  /**
   * Leaves out the files that errors name, and tries the rest again, as the log of one COPY is short;
   * where no file is named, tries the halves.
   */
  async badAmong(files: StoredFile[]): Promise<BadFile[]> {
    if (files.length === 0) return []
    const { errors, failure } = await this.#try(files)
    const named = namedBy(errors, files)
    if (named.length > 0) {
      const urls = new Set(named.map(({ url }) => url))
      return [...named, ...(await this.badAmong(files.filter(({ url }) => !urls.has(url))))]
    }
    if (failure === undefined) return []
    await this.#rethrowUnlessOfFiles(failure, files)
    if (files.length === 1) return [{ ...files[0]!, reason: wordsOf(failure) }]
    const middle = files.length >> 1
    const first = await this.badAmong(files.slice(0, middle))
    return [...first, ...(await this.badAmong(files.slice(middle)))]
  }

  async #try(files: StoredFile[]): Promise<Trial> {
    const { knex, source, workData } = this
    const table = `${source.table}_trial`
    const transaction = await knex.transaction()
    let session: CopySession | undefined
    try {
      const from = await writeManifest(transaction, workData, table, files)
      await transaction.raw(`create temp table ${table} (like ${source.table})`)
      session = await copySessionOf(transaction)
      const statement = copyStatement(
        transaction,
        { ...source, table },
        { from, manifest: true, gzip: false },
        ['noload', 'maxerror 100000'], // the most that Redshift takes; a COPY of so many fails, and has logged some
      )
      await transaction.raw(statement)
      const copied = await transaction.raw<{ rows: { query: number }[] }>(
        'select pg_last_copy_id() as query',
      )
      await transaction.rollback()
      return { errors: await loggedErrors(knex, ofQuery(copied.rows[0]!.query)) }
    } catch (failure) {
      if (!transaction.isCompleted()) await transaction.rollback()
      if (!session || exitCodeOf(failure) !== 3 || isRetryable(failure)) throw failure
      return { errors: await loggedErrors(knex, ofSession(session)), failure }
    }
  }

  // What no file is to blame for would put all of them in quarantine.
  async #rethrowUnlessOfFiles(failure: unknown, files: StoredFile[]): Promise<void> {
    if (/S3ServiceException|Invalid credentials/.test(wordsOf(failure))) throw failure
    const paths = await pathsFinding(await objectStoreOf(this.knex), this.source, files)
    if (paths) throw failure
  }
}

function namedBy(errors: LoggedError[], files: StoredFile[]): BadFile[] {
  return files.flatMap((file) => {
    const of = errors.filter(({ url }) => url === file.url)
    const [first] = of
    if (!first) return []
    const { line, column, reason } = first
    const more = of.length > 1 ? `, and ${of.length - 1} more` : ''
    return [{ ...file, reason: `line ${line}: ${column && `${column}: `}${reason}${more}` }]
  })
}
