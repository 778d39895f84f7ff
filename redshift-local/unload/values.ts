import type { ResultColumn } from '../dialect/parse'
import { SqlError } from '../errors'
import { kindOf, type ValueKind } from './columns'
import type { Lines } from './lines'
import type { UnloadOptions } from './statement'

/** Writes one row: `start` and `end` are where the value of each column is in `row`; NULL has no start. */
export interface RowWriter {
  header(into: Lines): void
  /** @param row holds the values as text, @param starts is -1 for NULL */
  row(row: Buffer, starts: Int32Array, ends: Int32Array, into: Lines): void
}

const lineFeed = 0x0a
const quote = 0x22
const apostrophe = 0x27
const backslash = 0x5c
const space = 0x20
const minus = 0x2d
const letterI = 0x49
const letterN = 0x4e

/** @param written the columns that are written, by their places in a row */
export function rowWriter(
  columns: ResultColumn[],
  written: number[],
  options: UnloadOptions,
): RowWriter {
  const named = written.map((place) => columns[place]!)
  const fields = named.map((column, index) => ({
    column,
    place: written[index]!,
    kind: kindOf(column),
  }))
  if (options.format === 'JSON') return new JsonWriter(fields)
  if (options.format === 'FixedWidth') return new FixedWriter(fields, options)
  return new DelimitedWriter(fields, options)
}

interface WrittenField {
  column: ResultColumn
  /** In a row of the query. */
  place: number
  kind: ValueKind
}

// CHAR comes padded.
function endOf({ kind }: WrittenField, row: Buffer, start: number, end: number): number {
  let last = end
  if (kind === 'padded text') while (last > start && row[last - 1] === space) last--
  return last
}

/** Delimited text, and CSV. */
class DelimitedWriter implements RowWriter {
  readonly #delimiter: number
  readonly #null: Buffer
  /** Bytes that have a backslash before them in texts. */
  readonly #escaped = new Uint8Array(256)
  /** Bytes for which CSV puts quotation marks around a field. */
  readonly #quoted = new Uint8Array(256)

  constructor(
    readonly fields: WrittenField[],
    readonly options: UnloadOptions,
  ) {
    const { escape, addQuotes, format, nullString } = options
    this.#delimiter = options.delimiter.charCodeAt(0)
    this.#null = Buffer.from(nullString)
    const breaks = [this.#delimiter, lineFeed, 0x0d]
    const marks = addQuotes ? [quote, apostrophe] : []
    if (escape) for (const byte of [...breaks, backslash, ...marks]) this.#escaped[byte] = 1
    if (format === 'CSV') for (const byte of [...breaks, quote]) this.#quoted[byte] = 1
  }

  header(into: Lines): void {
    const names = this.fields.map(({ column }) => Buffer.from(column.name))
    names.forEach((name, index) => {
      if (index > 0) into.byte(this.#delimiter)
      this.#field(name, 0, name.length, true, into)
    })
    into.endLine()
  }

  row(row: Buffer, starts: Int32Array, ends: Int32Array, into: Lines): void {
    for (let index = 0; index < this.fields.length; index++) {
      if (index > 0) into.byte(this.#delimiter)
      const field = this.fields[index]!
      const start = starts[field.place]!
      const isText = field.kind !== 'number' && field.kind !== 'other'
      if (start === -1) this.#field(this.#null, 0, this.#null.length, false, into)
      else this.#field(row, start, endOf(field, row, start, ends[field.place]!), isText, into)
    }
    into.endLine()
  }

  #field(bytes: Buffer, start: number, end: number, isText: boolean, into: Lines): void {
    const { addQuotes, escape, format } = this.options
    if (addQuotes) into.byte(quote)
    if (format === 'CSV' && hasAny(this.#quoted, bytes, start, end))
      into.quoted(bytes, start, end, quote)
    else if (escape && isText) into.marked(bytes, start, end, this.#escaped, backslash)
    else into.copy(bytes, start, end)
    if (addQuotes) into.byte(quote)
  }
}

function hasAny(wanted: Uint8Array, bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (wanted[bytes[at]!] === 1) return true
  return false
}

/** Fields of fixed width, which is counted in characters. */
class FixedWriter implements RowWriter {
  readonly #null: Buffer
  readonly #widths: number[]

  constructor(
    readonly fields: WrittenField[],
    { nullString, widths = [] }: UnloadOptions,
  ) {
    if (widths.length !== fields.length)
      throw new SqlError(
        'XX000',
        `FIXEDWIDTH names ${widths.length} columns, and the query has ${fields.length}`,
      )
    this.#null = Buffer.from(nullString)
    this.#widths = widths
  }

  header(): void {}

  row(row: Buffer, starts: Int32Array, ends: Int32Array, into: Lines): void {
    for (let index = 0; index < this.fields.length; index++) {
      const field = this.fields[index]!
      const width = this.#widths[index]!
      const start = starts[field.place]!
      const isNull = start === -1
      const bytes = isNull ? this.#null : row
      const from = isNull ? 0 : start
      const to = isNull ? bytes.length : endOf(field, row, start, ends[field.place]!)
      const length = characters(bytes, from, to)
      // A NULL that has no room is blank where no text could be meant.
      const isBlank = isNull && length > width && !field.kind.endsWith('text')
      if (!isBlank && length > width) throw tooWide(field, width)
      if (!isBlank) into.copy(bytes, from, to)
      for (let left = isBlank ? width : width - length; left > 0; left--) into.byte(space)
    }
    into.endLine()
  }
}

function characters(bytes: Buffer, from: number, to: number): number {
  let count = 0
  for (let at = from; at < to; at++) if ((bytes[at]! & 0xc0) !== 0x80) count++
  return count
}

function tooWide({ column }: WrittenField, width: number): SqlError {
  return new SqlError(
    'XX000',
    `A value of column "${column.name}" is longer than its FIXEDWIDTH of ${width}`,
  )
}

/** One object a line. */
class JsonWriter implements RowWriter {
  readonly #keys: Buffer[]
  readonly #escaped = new Uint8Array(256)

  constructor(readonly fields: WrittenField[]) {
    const names = fields.map(({ column }) => column.name)
    const twice = names.find((name, index) => names.indexOf(name) < index)
    if (twice !== undefined)
      throw new SqlError('42701', `column "${twice}" is there twice: JSON needs names of its own`)
    this.#keys = names.map((name, index) =>
      Buffer.from(`${index > 0 ? ',' : '{'}${JSON.stringify(name)}:`),
    )
    this.#escaped.fill(1, 0, space)
    this.#escaped[quote] = this.#escaped[backslash] = 1
  }

  header(): void {}

  row(row: Buffer, starts: Int32Array, ends: Int32Array, into: Lines): void {
    for (let index = 0; index < this.fields.length; index++) {
      const field = this.fields[index]!
      const key = this.#keys[index]!
      into.copy(key, 0, key.length)
      const start = starts[field.place]!
      if (start === -1) into.copy(jsonNull, 0, jsonNull.length)
      else this.#value(row, start, endOf(field, row, start, ends[field.place]!), field, into)
    }
    into.byte(0x7d)
    into.endLine()
  }

  #value(row: Buffer, start: number, end: number, { kind }: WrittenField, into: Lines): void {
    if (kind === 'number' && isFinite(row, start)) return into.copy(row, start, end)
    into.byte(quote)
    if (hasAny(this.#escaped, row, start, end)) {
      const text = Buffer.from(JSON.stringify(row.toString('utf8', start, end)))
      into.copy(text, 1, text.length - 1)
    } else into.copy(row, start, end)
    into.byte(quote)
  }
}

const jsonNull = Buffer.from('null')

// JSON has no NaN and no Infinity.
function isFinite(row: Buffer, start: number): boolean {
  const first = row[row[start] === minus ? start + 1 : start]
  return first !== letterN && first !== letterI
}
