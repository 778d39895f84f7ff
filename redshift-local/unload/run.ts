import type { ObjectStore } from '../../object-store/store'
import { asSqlError } from '../copy/store-error'
import type { ResultColumn } from '../dialect/parse'
import { SqlError } from '../errors'
import { type Layout, layoutOf } from './columns'
import { manifestOf, type UnloadedFile, UnloadFile } from './file'
import { Lines } from './lines'
import type { UnloadStatement } from './statement'
import { type RowWriter, rowWriter } from './values'

/** The slices of the cluster that the local Redshift plays: a file each, unless PARALLEL is off. */
const slices = 2

/** So many files are written at once; a partition that gets rows again later gets another file. */
const mostOpen = 32

export interface UnloadOutcome {
  rows: number
  files: UnloadedFile[]
}

/** Where rows go at present: the file of a slice, in a partition's folder. */
interface Target {
  prefix: string
  slice: number
  lines: Lines
  file: UnloadFile | undefined
}

/** Writes the rows of a query to files as they come, in bounded memory. */
export class UnloadRun {
  readonly #layout: Layout
  readonly #writer: RowWriter
  readonly #header = new Lines()
  readonly #starts: Int32Array
  readonly #ends: Int32Array
  /** By prefix and slice; the one that got a row last stands last. */
  readonly #targets = new Map<string, Target>()
  /** How many files a target had that are done. */
  readonly #parts = new Map<string, number>()
  readonly #checked = new Set<string>()
  readonly #files: UnloadedFile[] = []
  #rows = 0

  /** @throws SqlError where the options do not fit the query */
  constructor(
    readonly statement: UnloadStatement,
    readonly columns: ResultColumn[],
    readonly store: ObjectStore,
    readonly signal: AbortSignal,
  ) {
    this.#layout = layoutOf(columns, statement)
    this.#writer = rowWriter(columns, this.#layout.written, statement)
    if (statement.header) this.#writer.header(this.#header)
    this.#starts = new Int32Array(columns.length)
    this.#ends = new Int32Array(columns.length)
  }

  /** Call once, before the rows. @throws SqlError where files are in the way */
  async begin(): Promise<void> {
    if (!this.statement.partition) await this.#clear(this.statement.url)
  }

  /** @param rows DataRow messages behind each other, which may be overwritten afterwards */
  async take(rows: Buffer): Promise<void> {
    this.signal.throwIfAborted()
    const due = new Set<Target>()
    for (let at = 0; at < rows.length;) {
      const end = at + 1 + rows.readInt32BE(at + 1)
      this.#readRow(rows, at + 7)
      const target = this.#targetOf(rows)
      this.#writer.row(rows, this.#starts, this.#ends, target.lines)
      this.#rows++
      if (target.lines.isFull) due.add(target)
      at = end
    }
    for (const target of due) await this.#flush(target)
    while (this.#targets.size > mostOpen) await this.#closeFirst()
  }

  /** Call once, after the rows. */
  async end(): Promise<UnloadOutcome> {
    while (this.#targets.size > 0) await this.#closeFirst()
    this.#files.sort((one, other) => (one.url < other.url ? -1 : 1))
    const { manifest, url } = this.statement
    if (manifest) {
      const written = this.#layout.written.map((place) => this.columns[place]!)
      const text = manifestOf(this.#files, manifest === 'verbose' ? written : undefined)
      await this.#inStore(() => this.store.put(`${this.#root(url)}manifest`, text))
    }
    return { rows: this.#rows, files: this.#files }
  }

  /** Files that are not done are not there afterwards. Never throws. */
  async discard(error: unknown): Promise<void> {
    const files = [...this.#targets.values()].flatMap(({ file }) => file ?? [])
    await Promise.all(files.map((file) => file.discard(error)))
  }

  #readRow(rows: Buffer, from: number): void {
    let at = from
    for (let column = 0; column < this.columns.length; column++) {
      const length = rows.readInt32BE(at)
      at += 4
      this.#starts[column] = length === -1 ? -1 : at
      if (length > 0) at += length
      this.#ends[column] = at
    }
  }

  #targetOf(row: Buffer): Target {
    const { statement } = this
    const prefix = statement.partition ? this.#folderOf(row) : statement.url
    const slice = statement.parallel ? this.#rows % slices : 0
    const key = `${slice} ${prefix}`
    const known = this.#targets.get(key)
    if (known && !statement.partition) return known
    const target = known ?? { prefix, slice, lines: new Lines(), file: undefined }
    this.#targets.delete(key)
    this.#targets.set(key, target)
    return target
  }

  // As Apache Hive names them [r_UNLOAD].
  #folderOf(row: Buffer): string {
    const { url } = this.statement
    const folders = this.#layout.partition.map((place) => {
      const start = this.#starts[place]!
      const value = start === -1 ? '' : row.toString('utf8', start, this.#ends[place]).trimEnd()
      return `${this.columns[place]!.name}=${value === '' ? noValue : hiveName(value)}/`
    })
    return this.#root(url) + folders.join('')
  }

  #root(url: string): string {
    return this.statement.partition && !url.endsWith('/') ? `${url}/` : url
  }

  async #flush(target: Target): Promise<void> {
    const { lines } = target
    const { maxFileSize, gzip } = this.statement
    if (target.file && target.file.size > 0 && target.file.size + lines.length > maxFileSize)
      await this.#close(target)
    if (!target.file) {
      if (this.statement.partition) await this.#clear(target.prefix)
      target.file = new UnloadFile(this.#nameOf(target), this.store, gzip)
      if (this.#header.count > 0) await this.#write(target.file, this.#header.bytes, 1)
    }
    const { count } = lines
    await this.#write(target.file, lines.take(), count)
  }

  #write(file: UnloadFile, bytes: Buffer, lines: number): Promise<void> {
    return this.#inStore(() => file.write(bytes, lines))
  }

  async #closeFirst(): Promise<void> {
    const [key, target] = this.#targets.entries().next().value!
    if (target.lines.count > 0) await this.#flush(target)
    await this.#close(target)
    this.#targets.delete(key)
  }

  async #close(target: Target): Promise<void> {
    const { file, slice } = target
    if (!file) return
    await this.#inStore(() => file.close())
    target.file = undefined
    const { url, lines, size, startTime, endTime } = file
    this.#files.push({ url, slice, lines, size, startTime, endTime })
  }

  #nameOf({ prefix, slice }: Target): string {
    const { parallel, format, gzip, extension } = this.statement
    const key = `${slice} ${prefix}`
    const part = this.#parts.get(key) ?? 0
    this.#parts.set(key, part + 1)
    const name = parallel ? `${digits(slice, 4)}_part_${digits(part, 2)}` : digits(part, 3)
    const kind = (format === 'JSON' ? '.json' : '') + (gzip ? '.gz' : '')
    return prefix + name + (extension === undefined ? kind : `.${extension}`)
  }

  // Objects whose names begin so are in the way, unless they may be overwritten.
  async #clear(prefix: string): Promise<void> {
    const { overwrite } = this.statement
    if (this.#checked.has(prefix) || overwrite === 'allowed') return
    this.#checked.add(prefix)
    await this.#inStore(async () => {
      for await (const page of this.store.list(prefix, this.signal, 'names'))
        for (const { url } of page) {
          if (overwrite !== 'clean path') throw notEmpty()
          await this.store.remove(url)
        }
    })
  }

  async #inStore(work: () => Promise<void>): Promise<void> {
    try {
      this.signal.throwIfAborted()
      await work()
    } catch (error) {
      throw asSqlError(error)
    }
  }
}

/** What Hive has for NULL, and for nothing. */
const noValue = '__HIVE_DEFAULT_PARTITION__'

// Those that Hive writes as their numbers.
function hiveName(value: string): string {
  return value.replace(
    /[\x01-\x1f"#%'*/:=?\\{[\]^\x7f]/g, // eslint-disable-line no-control-regex
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}

function digits(number: number, count: number): string {
  return String(number).padStart(count, '0')
}

function notEmpty(): SqlError {
  return new SqlError(
    'XX000',
    'Specified unload destination on S3 is not empty. Consider using a different bucket / prefix, ' +
      'manually removing the target files in S3, or using the ALLOWOVERWRITE option.',
  )
}
