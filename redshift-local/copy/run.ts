import { setMaxListeners } from 'node:events'
import { SqlError } from '../errors'
import type { LoadError } from './faults'
import { FileLoad, type Tally } from './file-load'
import { gunzip } from './gunzip'
import { DocumentReader } from './json/documents'
import { parseJsonPaths } from './json/paths'
import type { ObjectStore } from './object-store'
import { readText } from './read-text'
import { RowBatches } from './row-batches'
import { RowEncoder, type RowField } from './row-encoder'
import { fieldsByName, fieldsByPath } from './row-fields'
import { SourceFiles, type SourceFile } from './source-files'
import type { CopyStatement } from './statement'
import { targetColumns, type TableColumn } from './table'

/** `bytes` are counted as they are stored. */
export interface CopyProgress {
  files: number
  /** Undefined until the listing has come to its end. */
  filesInAll?: number
  rows: number
  bytes: number
}

/** Takes rows in PostgreSQL's COPY text format, about 64 kB at a time, never a part of a row. */
export interface CopySink {
  write(rows: Buffer): Promise<void>
}

export interface CopyOutcome {
  /** Rows loaded; with NOLOAD none. */
  rows: number
  bytes: number
  files: { name: string; bytes: number; lines: number }[]
  /** Bad rows, all of them. */
  rejected: number
  /** The first hundred of the bad rows. */
  errors: LoadError[]
  /** More bad rows than MAXERROR: the load is off. */
  failed: boolean
}

export interface CopyRunOptions {
  signal?: AbortSignal
  onProgress?: (progress: CopyProgress) => void
}

/**
 * Reads the files of a COPY, and writes their rows to the sink.
 * @throws SqlError for what is no fault of a row; the signal's reason when it is aborted
 */
export async function runCopy(
  statement: CopyStatement,
  table: TableColumn[],
  store: ObjectStore,
  sink: CopySink,
  { signal, onProgress }: CopyRunOptions = {},
): Promise<CopyOutcome> {
  const over = new AbortController()
  const stop = signal ? AbortSignal.any([signal, over.signal]) : over.signal
  // Every request under way listens to it.
  setMaxListeners(0, stop)
  try {
    const columns = targetColumns(statement, table)
    const encoder = new RowEncoder(await rowFields(statement, columns, store, stop))
    const run = new CopyRun(statement, encoder, sink, stop)
    return await run.load(new SourceFiles(statement, store, stop), onProgress)
  } catch (error) {
    signal?.throwIfAborted()
    throw error
  } finally {
    over.abort()
  }
}

async function rowFields(
  statement: CopyStatement,
  columns: TableColumn[],
  store: ObjectStore,
  signal: AbortSignal,
): Promise<RowField[]> {
  const { json } = statement
  if (typeof json === 'string') return fieldsByName(columns, statement, json !== 'auto')
  const text = await readText(store, json, signal)
  if (text === undefined)
    throw new SqlError(
      'XX000',
      'S3ServiceException:The specified key does not exist,Status 404,Error NoSuchKey',
      { detail: `There is no ${json.url}.` },
    )
  const paths = parseJsonPaths(text)
  return paths ? fieldsByPath(columns, statement, paths) : fieldsByName(columns, statement, false)
}

class CopyRun {
  readonly #tally: Tally = { rows: 0, rejected: 0, errors: [] }
  readonly #batches = new RowBatches()
  readonly #files: CopyOutcome['files'] = []
  #bytes = 0

  constructor(
    readonly statement: CopyStatement,
    readonly encoder: RowEncoder,
    readonly sink: CopySink,
    readonly signal: AbortSignal,
  ) {}

  async load(files: SourceFiles, onProgress: CopyRunOptions['onProgress']): Promise<CopyOutcome> {
    const report = () =>
      onProgress?.({
        files: this.#files.length,
        ...(files.inAll !== undefined && { filesInAll: files.inAll }),
        rows: this.#tally.rows,
        bytes: this.#bytes,
      })
    for await (const file of files) {
      await this.#loadFile(file, report)
      report()
      if (this.#failed) break
    }
    await this.#write(this.#batches.takeRest())
    return this.#outcome()
  }

  async #loadFile({ url, chunks }: SourceFile, report: () => void) {
    const { gzip, ignoreHeader, maxError } = this.statement
    const load = new FileLoad(url, this.encoder, this.#batches, this.#tally, maxError)
    const reader = new DocumentReader(load, ignoreHeader)
    const before = this.#bytes
    const counted = this.#count(chunks)
    for await (const chunk of gzip ? gunzip(counted, url) : counted) {
      this.signal.throwIfAborted()
      reader.push(chunk)
      if (await this.#write(this.#batches.take())) report()
      if (load.done) break
    }
    if (!load.done) reader.end()
    this.#files.push({ name: url, bytes: this.#bytes - before, lines: reader.lines })
  }

  async *#count(chunks: SourceFile['chunks']): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      this.#bytes += chunk.length
      yield chunk
    }
  }

  async #write(batches: Buffer[]): Promise<boolean> {
    if (!this.statement.noLoad) for (const batch of batches) await this.sink.write(batch)
    return batches.length > 0
  }

  get #failed(): boolean {
    return this.#tally.rejected > this.statement.maxError
  }

  #outcome(): CopyOutcome {
    const { rows, rejected, errors } = this.#tally
    return {
      rows: this.statement.noLoad ? 0 : rows,
      bytes: this.#bytes,
      files: this.#files,
      rejected,
      errors,
      failed: this.#failed,
    }
  }
}
