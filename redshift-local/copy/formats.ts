import type { ObjectStore } from '../../object-store/store'
import { SqlError } from '../errors'
import { errorCodes, type TableColumn } from './column'
import type { DataFormat, JsonOption, TextFormat } from './data-format'
import type { FileLoad, FileReader } from './file-load'
import { noSuchKey, readWhole } from './files'
import type { Json } from './json/documents'
import { parseJsonPaths } from './json/paths'
import { LineEncoder } from './lines/encoder'
import { type LineHandler, LineReader } from './lines/reader'
import { rowError } from './load-error'
import type { CopyOptions } from './options'
import { fieldsByName, fieldsByPath, RowEncoder, type RowField } from './rows'
import { TextReader } from './text/reader'
import { FieldsEncoder } from './text/rows'

/** Begins to read a file of a format. */
export type OpenFile = (load: FileLoad) => FileReader

interface Reading {
  columns: TableColumn[]
  options: CopyOptions
  store: ObjectStore
  signal: AbortSignal
}

/** How the files of a COPY are read. @throws SqlError where the format does not fit the columns */
export function fileReaders(format: DataFormat, reading: Reading): Promise<OpenFile> | OpenFile {
  return format.name === 'JSON' ? ofJson(format.option, reading) : ofText(format, reading)
}

async function ofJson(option: JsonOption, reading: Reading): Promise<OpenFile> {
  const { options } = reading
  const fields = await jsonFields(option, reading)
  const rows = new RowEncoder(fields)
  const lines = new LineEncoder(fields, options, option === 'auto ignorecase')
  return (load) => new LineReader(new JsonLoad(load, rows), lines, load.rows, options.ignoreHeader)
}

async function jsonFields(
  option: JsonOption,
  { columns, options, store, signal }: Reading,
): Promise<RowField[]> {
  if (typeof option === 'string') return fieldsByName(columns, options, option !== 'auto')
  const text = await readWhole(store, option.url, signal)
  if (text === undefined) throw noSuchKey(option.url)
  const paths = parseJsonPaths(text)
  return paths ? fieldsByPath(columns, options, paths) : fieldsByName(columns, options, false)
}

/** Turns the documents of one file into rows, and bad ones into load errors. */
class JsonLoad implements LineHandler {
  constructor(
    readonly load: FileLoad,
    readonly encoder: RowEncoder,
  ) {}

  get done(): boolean {
    return this.load.done
  }

  document(value: Json, source: string, line: number): void {
    const row = this.encoder.encode(value, source)
    if (typeof row === 'string') this.load.row(row)
    else this.load.reject(row, source, line)
  }

  took(rows: number): void {
    this.load.took(rows)
  }

  fault(message: string, source: string, line: number, position: number): void {
    const error = rowError({ code: errorCodes.invalidLine, message })
    this.load.reject(error, source, line, position)
  }
}

function ofText(format: TextFormat, { columns, options }: Reading): OpenFile {
  const { name, widths } = format
  if (name === 'FixedWidth' && widths.length !== columns.length)
    throw new SqlError(
      'XX000',
      `FIXEDWIDTH names ${widths.length} columns, and the table or column list has ${columns.length}`,
    )
  const encoder = new FieldsEncoder(columns, options, format)
  return (load) => new TextReader(format, encoder, load, options.ignoreHeader)
}
