import { errorCodes, FieldFault, type TableColumn } from '../column'
import type { TextFormat } from '../data-format'
import { type FilledColumn, nullOf, type RowError, rowError } from '../load-error'
import type { CopyOptions } from '../options'
import { converterFor } from '../values/converters'
import type { Field } from './records'

interface TextColumn extends FilledColumn {
  isText: boolean
}

/** Fields of text, first to first, to rows in PostgreSQL's COPY text format. */
export class FieldsEncoder {
  readonly #columns: TextColumn[]
  readonly #isNull: (field: string) => boolean

  constructor(
    columns: TableColumn[],
    options: CopyOptions,
    private readonly format: TextFormat,
  ) {
    this.#columns = columns.map((column) => ({
      column,
      converter: converterFor(column, options),
      isText: column.type.startsWith('character'),
    }))
    this.#isNull = nullTest(format)
  }

  /** The row with its line end, or what is wrong with it. */
  encode(fields: Field[]): string | RowError {
    const fault = this.#countFault(fields)
    if (fault) return fault
    let row = ''
    for (let index = 0; index < this.#columns.length; index++) {
      const column = this.#columns[index]!
      try {
        const text = this.#encodeField(column, fields[index])
        row += index === 0 ? text : '\t' + text
      } catch (fault) {
        if (fault instanceof FieldFault) return rowError(fault, column, fields[index] ?? '')
        throw fault
      }
    }
    return row + '\n'
  }

  #encodeField({ column, converter, isText }: TextColumn, field: Field | undefined): string {
    const value = field === undefined ? this.#missing(column) : field
    if (value !== null && !this.#isNull(value)) {
      const text = converter.text(isText ? value : value.trim())
      if (text !== null) return text
    }
    return nullOf(column)
  }

  // FILLRECORD: a VARCHAR is empty, any other column NULL.
  #missing({ type }: TableColumn): Field {
    return type === 'character varying' ? '' : null
  }

  #countFault(fields: Field[]): RowError | undefined {
    const { name, fillRecord } = this.format
    const count = this.#columns.length
    if (fields.length < count && !fillRecord) {
      const isFixed = name === 'FixedWidth'
      const code = isFixed ? errorCodes.missingColumns : errorCodes.noDelimiter
      const message = isFixed ? 'Missing column(s)' : 'Delimiter not found'
      const last = Math.max(0, fields.length - 1)
      return rowError({ code, message }, this.#columns[last], fields[last] ?? '')
    }
    // A delimiter may stand behind the last field, too.
    const isClosed = name === 'Text' && fields.length === count + 1 && fields[count] === ''
    if (fields.length <= count || isClosed) return undefined
    const fault = { code: errorCodes.extraColumns, message: 'Extra column(s) found' }
    return rowError(fault, undefined, fields[count] ?? '')
  }
}

/** Whether a field stands for NULL. In FIXEDWIDTH it may have blanks behind it. */
function nullTest({ name, nullString }: TextFormat): (field: string) => boolean {
  if (nullString === '\0') return isOnlyNul
  if (name === 'FixedWidth' && nullString.trim() !== '')
    return (field) => field.trimEnd() === nullString
  return (field) => field === nullString
}

function isOnlyNul(field: string): boolean {
  if (field === '\0') return true
  if (!field.includes('\0')) return false
  throw new FieldFault(errorCodes.longNull, 'Invalid null byte - field longer than 1 byte')
}
