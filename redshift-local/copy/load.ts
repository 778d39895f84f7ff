import { setMaxListeners } from 'node:events'
import { giveBack } from '../../object-store/file'
import { byObject, inPieces, type Piece } from '../../object-store/read-objects'
import type { ObjectStore, StoredObject } from '../../object-store/store'
import { type TableColumn, targetColumns } from './column'
import { FileLoad, type FileReader, type Tally } from './file-load'
import { SourceFiles } from './files'
import { fileReaders, type OpenFile } from './formats'
import type { LoadError } from './load-error'
import { isPacked, plainBytes } from './plain-bytes'
import { RowBuffers } from './row-buffers'
import type { CopyStatement } from './statement'
import { asSqlError } from './store-error'

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
    const reading = { columns, options: statement, store, signal: stop }
    const openFile = await fileReaders(statement.format, reading)
    const run = new CopyRun(statement, openFile, sink, stop)
    return await run.load(new SourceFiles(statement, store, stop), onProgress)
  } catch (error) {
    signal?.throwIfAborted()
    throw asSqlError(error)
  } finally {
    over.abort()
  }
}

/** A file that is being loaded. */
interface OpenSourceFile {
  load: FileLoad
  reader: FileReader
  /** How many bytes were read before it. */
  before: number
}

class CopyRun {
  readonly #tally: Tally = { rows: 0, rejected: 0, errors: [] }
  readonly #rows = new RowBuffers()
  readonly #files: CopyOutcome['files'] = []
  #bytes = 0
  #open: OpenSourceFile | undefined

  constructor(
    readonly statement: CopyStatement,
    readonly openFile: OpenFile,
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
    for await (const batch of this.#isPacked ? this.#plain(files) : files) {
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
    if (!this.#open) {
      const load = new FileLoad(url, this.#rows, this.#tally, this.statement.maxError)
      this.#open = { load, reader: this.openFile(load), before: this.#bytes }
    }
    const { load, reader, before } = this.#open
    if (!this.#isPacked) this.#bytes += bytes.length
    reader.push(bytes)
    if (!last && !load.done) return
    if (!load.done) reader.end()
    this.#files.push({ name: url, bytes: this.#bytes - before, lines: reader.lines })
    this.#open = undefined
  }

  async *#plain(files: SourceFiles): AsyncGenerator<Piece<StoredObject>[]> {
    for await (const { item, chunks } of byObject(files))
      yield* inPieces(item, plainBytes(this.#counted(chunks), this.statement, item.url))
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

  get #isPacked(): boolean {
    return isPacked(this.statement)
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
