import { setMaxListeners } from 'node:events'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { giveBack } from '../../object-store/file'
import { byObject, inPieces, type Piece } from '../../object-store/read-objects'
import type { ObjectStore, StoredObject } from '../../object-store/store'
import { SqlError } from '../errors'
import { errorCodes, type TableColumn, targetColumns } from './column'
import { noSuchKey, readWhole, SourceFiles } from './files'
import type { Json } from './json/documents'
import { parseJsonPaths } from './json/paths'
import { LineEncoder } from './lines/encoder'
import { type LineHandler, LineReader } from './lines/reader'
import { RowBuffers } from './row-buffers'
import {
  fieldsByName,
  fieldsByPath,
  type LoadError,
  plainText,
  RowEncoder,
  type RowError,
  type RowField,
} from './rows'
import type { CopyStatement } from './statement'
import { asSqlError } from './store-error'

/** So many bad rows are logged at most. */
const mostLogged = 100

/** What became of the rows of all files so far. */
interface Tally {
  rows: number
  /** Bad rows, logged or not. */
  rejected: number
  errors: LoadError[]
}

/** Turns the documents of one file into rows, and bad ones into load errors. */
class FileLoad implements LineHandler {
  constructor(
    readonly filename: string,
    readonly encoder: RowEncoder,
    readonly rows: RowBuffers,
    readonly tally: Tally,
    readonly maxError: number,
  ) {}

  get done(): boolean {
    return this.tally.rejected >= this.maxError
  }

  document(value: Json, source: string, line: number): void {
    const row = this.encoder.encode(value, source)
    if (typeof row !== 'string') return this.#reject(row, source, line, 0)
    this.rows.add(row)
    this.tally.rows++
  }

  took(rows: number): void {
    this.tally.rows += rows
  }

  fault(reason: string, source: string, line: number, position: number): void {
    const whole = { colname: '', type: '', colLength: '', rawFieldValue: '' }
    const error = { ...whole, errCode: errorCodes.invalidLine, errReason: reason }
    this.#reject(error, source, line, position)
  }

  #reject(error: RowError, source: string, lineNumber: number, position: number) {
    this.tally.rejected++
    if (this.tally.errors.length >= mostLogged) return
    const rawLine = plainText(source, 1024)
    this.tally.errors.push({ ...error, filename: this.filename, lineNumber, position, rawLine })
  }
}

/**
 * The bytes that were compressed; none for an empty file.
 * @throws SqlError where the file is not GZIP, or ends too early
 */
async function* gunzip(chunks: AsyncIterable<Buffer>, url: string): AsyncGenerator<Buffer> {
  const unzip = createGunzip({ chunkSize: 256 * 1024 })
  const input = { bytes: 0 }
  const source = Readable.from(counted(chunks, input))
  // Its end and its errors come out of the iteration.
  pipeline(source, unzip, () => undefined)
  try {
    for await (const chunk of unzip) yield chunk as Buffer
  } catch (error) {
    if (!isZlibError(error)) throw error
    if (input.bytes > 0)
      throw new SqlError('XX000', `${url} is not a valid GZIP file: ${error.message}`)
  } finally {
    source.destroy()
    unzip.destroy()
  }
}

async function* counted(chunks: AsyncIterable<Buffer>, input: { bytes: number }) {
  for await (const chunk of chunks) {
    input.bytes += chunk.length
    yield chunk
  }
}

function isZlibError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
}

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
  /** @param free is to be called when the bytes may change, which may be later, or never */
  write(rows: Buffer, free: () => void): Promise<void>
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
  /** As many bad rows as MAXERROR: the load is off. */
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
    const fields = await rowFields(statement, columns, store, stop)
    const run = new CopyRun(statement, fields, sink, stop)
    return await run.load(new SourceFiles(statement, store, stop), onProgress)
  } catch (error) {
    signal?.throwIfAborted()
    throw asSqlError(error)
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
  const text = await readWhole(store, json.url, signal)
  if (text === undefined) throw noSuchKey(json.url)
  const paths = parseJsonPaths(text)
  return paths ? fieldsByPath(columns, statement, paths) : fieldsByName(columns, statement, false)
}

/** A file that is being loaded. */
interface OpenSourceFile {
  load: FileLoad
  reader: LineReader
  /** How many bytes were read before it. */
  before: number
}

class CopyRun {
  readonly #tally: Tally = { rows: 0, rejected: 0, errors: [] }
  readonly #rows = new RowBuffers()
  readonly #documents: RowEncoder
  readonly #lines: LineEncoder
  readonly #files: CopyOutcome['files'] = []
  #bytes = 0
  #open: OpenSourceFile | undefined

  constructor(
    readonly statement: CopyStatement,
    fields: RowField[],
    readonly sink: CopySink,
    readonly signal: AbortSignal,
  ) {
    this.#documents = new RowEncoder(fields)
    this.#lines = new LineEncoder(fields, statement)
  }

  async load(files: SourceFiles, onProgress: CopyRunOptions['onProgress']): Promise<CopyOutcome> {
    const report = () =>
      onProgress?.({
        files: this.#files.length,
        ...(files.inAll !== undefined && { filesInAll: files.inAll }),
        rows: this.#tally.rows,
        bytes: this.#bytes,
      })
    for await (const batch of this.statement.gzip ? this.#unzipped(files) : files) {
      this.signal.throwIfAborted()
      for (const piece of batch) {
        this.#load(piece)
        giveBack(piece.bytes)
        if (this.#failed) break
      }
      await this.#write(this.#rows.take())
      report()
      if (this.#failed) break
    }
    await this.#write(this.#rows.takeRest())
    report()
    return this.#outcome()
  }

  #load({ item: { url }, bytes, last }: Piece<StoredObject>): void {
    const { gzip, ignoreHeader, maxError } = this.statement
    if (!this.#open) {
      const load = new FileLoad(url, this.#documents, this.#rows, this.#tally, maxError)
      const reader = new LineReader(load, this.#lines, this.#rows, ignoreHeader)
      this.#open = { load, reader, before: this.#bytes }
    }
    const { load, reader, before } = this.#open
    if (!gzip) this.#bytes += bytes.length
    reader.push(bytes)
    if (!last && !load.done) return
    if (!load.done) reader.end()
    this.#files.push({ name: url, bytes: this.#bytes - before, lines: reader.lines })
    this.#open = undefined
  }

  async *#unzipped(files: SourceFiles): AsyncGenerator<Piece<StoredObject>[]> {
    for await (const { item, chunks } of byObject(files))
      yield* inPieces(item, gunzip(this.#counted(chunks), item.url))
  }

  async *#counted(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      this.#bytes += chunk.length
      yield chunk
    }
  }

  async #write(buffers: Buffer[]): Promise<void> {
    for (const rows of buffers) {
      const free = () => this.#rows.release(rows)
      if (this.statement.noLoad) free()
      else await this.sink.write(rows, free)
    }
  }

  get #failed(): boolean {
    return this.#tally.rejected >= this.statement.maxError
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
