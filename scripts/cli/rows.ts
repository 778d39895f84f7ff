import { csvLine } from '../../lib/questions/csv'
import { UsageError } from '../../lib/warehouse/errors'
import type { Column, RowTaker, TextRow } from '../../lib/warehouse/rows'
import type { Output } from './main'
import { layOut, type Layout, printable } from './table'

/** Prints a result as it arrives, in memory that its size does not change. */
export interface RowPrinter extends RowTaker {
  /** Prints what is left. @param tag what was done, as the server says it */
  end(tag?: string): Promise<void>
}

/** Characters that go out at once. */
const chunk = 64 * 1024

/** Text for stdout, in pieces of some size. */
class Pieces {
  #text = ''

  constructor(private readonly output: Output) {}

  add(text: string): Promise<void> | undefined {
    this.#text += text
    return this.#text.length < chunk ? undefined : this.flush()
  }

  flush(): Promise<void> | undefined {
    const text = this.#text
    this.#text = ''
    return this.output.write(text)
  }
}

/** Rows as CSV below the names of the columns; what is done without a result is told on stderr. */
export function csvPrinter(output: Output): RowPrinter {
  const pieces = new Pieces(output)
  let isResult = false
  return {
    columns(columns) {
      isResult = true
      void pieces.add(csvLine(columns.map(({ name }) => name)))
    },
    row: (values) => pieces.add(csvLine(values)),
    async end(tag = '') {
      if (!isResult) output.tell(tag)
      await pieces.flush()
    },
  }
}

/**
 * Rows as one JSON document, an array of objects. A column has one type: numbers are JSON's numbers, with
 * all the digits that the server writes (a reader that keeps them as doubles rounds those beyond 2^53), save
 * NaN and infinities, which JSON does not know; booleans are booleans, and all else is a string.
 */
export function jsonPrinter(output: Output): RowPrinter {
  const pieces = new Pieces(output)
  let rowText: ((values: TextRow) => string) | undefined
  let before = '['
  return {
    columns(columns) {
      refuseTwins(columns)
      rowText = jsonObjects(columns)
    },
    row(values) {
      const text = before + rowText!(values)
      before = ','
      return pieces.add(text)
    },
    async end() {
      void pieces.add(before === '[' ? '[]\n' : ']\n')
      await pieces.flush()
    },
  }
}

/** The questions' answers as one JSON document. */
export function answersPrinter(output: Output) {
  const pieces = new Pieces(output)
  let before = '['
  return {
    /** Prints an answer behind what is said of it. */
    answer(about: object): RowTaker & { end: () => void } {
      let forms: Form[] = []
      let comma = ''
      return {
        columns(columns) {
          forms = columns.map(formOf)
          const head = JSON.stringify({ ...about, columns }).slice(0, -1)
          void pieces.add(`${before}${head},"rows":[`)
          before = ','
        },
        row(values) {
          const text = values.map((value, i) => jsonValue(forms[i]!, value)).join(',')
          const row = `${comma}[${text}]`
          comma = ','
          return pieces.add(row)
        },
        end: () => void pieces.add(']}'),
      }
    },
    async end(): Promise<void> {
      void pieces.add(before === '[' ? '[]\n' : ']\n')
      await pieces.flush()
    },
  }
}

function refuseTwins(columns: Column[]): void {
  const names = columns.map(({ name }) => name)
  const twins = [...new Set(names.filter((name, i) => names.indexOf(name) < i))]
  if (twins.length === 0) return
  throw new UsageError(
    `Several columns are named ${twins.map((name) => `"${name}"`).join(', ')}, which JSON cannot tell ` +
      'apart: name them with `as`, or print a table or --csv.',
  )
}

type Form = (text: string) => string

function jsonObjects(columns: Column[]): (values: TextRow) => string {
  const forms = columns.map(formOf)
  const keys = columns.map(({ name }, i) => `${i > 0 ? ',' : '{'}${JSON.stringify(name)}:`)
  return (values) => {
    let text = ''
    for (let i = 0; i < keys.length; i++) text += keys[i]! + jsonValue(forms[i]!, values[i]!)
    return `${text || '{'}}`
  }
}

function jsonValue(form: Form, value: string | null): string {
  return value === null ? 'null' : form(value)
}

function formOf({ type }: Column): Form {
  if (type === 'boolean') return (text) => (text === 't' ? 'true' : 'false')
  if (type === 'number') return (text) => (/\d$/.test(text) ? text : JSON.stringify(text))
  return JSON.stringify
}

/** Rows that are looked at before the widths of a table are settled. */
const looked = 1000

/**
 * Rows as a table, as wide as the terminal at most: its columns are as wide as the first thousand rows
 * need, and a longer value behind them moves the rest of its row.
 */
export function tablePrinter(output: Output): RowPrinter {
  const pieces = new Pieces(output)
  const first: string[][] = []
  let all: Column[] | undefined
  let layout: Layout | undefined
  const settle = (columns: Column[]) => {
    const names = columns.map(({ name }) => printable(name))
    const isNumeric = columns.map(({ type }) => type === 'number')
    layout = layOut(names, first, isNumeric, output.width)
    void pieces.add([layout.head, ...first.map(layout.line)].map((line) => `${line}\n`).join(''))
  }
  return {
    columns: (columns) => (all = columns),
    row(values) {
      const cells = values.map(printable)
      if (layout) return pieces.add(`${layout.line(cells)}\n`)
      if (first.push(cells) === looked) settle(all!)
      return undefined
    },
    async end(tag = '') {
      if (all === undefined) void pieces.add(`${tag}\n`)
      else if (!layout) settle(all)
      await pieces.flush()
    },
  }
}
