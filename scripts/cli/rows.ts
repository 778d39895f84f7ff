import { csvLine } from '../../lib/questions/csv'
import type { Column, RowTaker, TextRow } from '../../lib/warehouse/rows'
import type { Output } from './main'
import { layOut, type Layout, printable, recordLayout } from './table'

/** Prints results as they arrive, one behind the other, in memory that their size does not change. */
export interface RowPrinter extends RowTaker {
  done(tag: string): void
  /** Prints what is left. */
  end(): Promise<void>
}

/** Characters that go out at once. */
const chunk = 64 * 1024

/** Text for stdout, in pieces of some size. */
class Pieces {
  #text = ''

  constructor(private readonly output: Output) {}

  /** Keeps a text for the next piece. */
  hold(text: string): void {
    this.#text += text
  }

  add(text: string): Promise<void> | undefined {
    this.#text += text
    return this.#text.length < chunk ? undefined : this.flush()
  }

  flush(): Promise<void> | undefined {
    return this.output.write(this.take())
  }

  /** What is not printed yet, for whoever prints it. */
  take(): string {
    const text = this.#text
    this.#text = ''
    return text
  }
}

/** What a statement did, as the server says it, without the OID of a row. */
function doneText(tag: string): string {
  return tag.replace(/^INSERT \d+ /, 'INSERT ')
}

/**
 * Rows as CSV below the names of the columns, an empty line between two results; what is done without a
 * result is told on stderr.
 */
export function csvPrinter(output: Output): RowPrinter {
  const pieces = new Pieces(output)
  let isResult = false
  let between = ''
  return {
    columns(columns) {
      isResult = true
      pieces.hold(between + csvLine(columns.map(({ name }) => name)))
      between = '\n'
    },
    row: (values) => pieces.add(csvLine(values)),
    done(tag) {
      if (!isResult) output.tell(doneText(tag))
      isResult = false
    },
    async end() {
      await pieces.flush()
    },
  }
}

/**
 * One JSON document that is printed as its items come, and closed whatever ends the command. A column has
 * one type: numbers are JSON's numbers, with all the digits that the server writes (a reader that keeps
 * them as doubles rounds those beyond 2^53), save NaN and infinities, which JSON does not know; booleans
 * are booleans, and all else is a string.
 */
class ListDocument {
  readonly #pieces: Pieces
  #forms: Form[] | undefined
  #comma = ''

  constructor(output: Output, list: 'answers' | 'results') {
    const pieces = (this.#pieces = new Pieces(output))
    pieces.hold(`{"${list}":[`)
    output.streamDocument((error) => {
      if (this.#forms) pieces.hold(']}')
      return `${pieces.take()}]${error ? `,"error":${JSON.stringify(error)}` : ''}}`
    })
  }

  /** Begins an item that has rows. */
  open(about: object, columns: Column[]): void {
    this.#forms = columns.map(formOf)
    const head = JSON.stringify({ ...about, columns }).slice(0, -1)
    this.#pieces.hold(`${this.#comma}${head},"rows":[`)
    this.#comma = ''
  }

  row(values: TextRow): Promise<void> | undefined {
    const text = values.map((value, i) => jsonValue(this.#forms![i]!, value)).join(',')
    const row = `${this.#comma}[${text}]`
    this.#comma = ','
    return this.#pieces.add(row)
  }

  /** Ends an item. @param about what is said of one that has no rows */
  close(about: object, done?: string): void {
    const last = done === undefined ? '' : `,"done":${JSON.stringify(done)}`
    if (this.#forms) this.#pieces.hold(`]${last}}`)
    else this.#pieces.hold(`${this.#comma}${JSON.stringify({ ...about, done })}`)
    this.#forms = undefined
    this.#comma = ','
  }
}

/** The results of statements as one JSON document. @param lines where each statement begins */
export function resultsPrinter(output: Output, lines: number[]): RowPrinter {
  const document = new ListDocument(output, 'results')
  let index = 0
  const about = () => ({ statement: index + 1, line: lines[index] })
  return {
    columns: (columns) => document.open(about(), columns),
    row: (values) => document.row(values),
    done(tag) {
      document.close(about(), doneText(tag))
      index++
    },
    end: () => Promise.resolve(),
  }
}

/** The questions' answers as one JSON document. */
export function answersPrinter(output: Output) {
  const document = new ListDocument(output, 'answers')
  return {
    /** Prints an answer behind what is said of it. */
    answer: (about: object): RowTaker & { end: () => void } => ({
      columns: (columns) => document.open(about, columns),
      row: (values) => document.row(values),
      end: () => document.close(about),
    }),
  }
}

type Form = (text: string) => string

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
 * need, and a longer value behind them moves the rest of its row. A table that is wider than the terminal
 * although its texts are cut is printed expanded, a value a line; so is any where it is asked for.
 */
export function tablePrinter(output: Output, expanded = false): RowPrinter {
  const pieces = new Pieces(output)
  let between = ''
  let all: Column[] | undefined
  let first: string[][] = []
  let layout: Layout | undefined
  const settle = (columns: Column[]) => {
    const names = columns.map(({ name }) => printable(name))
    const isNumeric = columns.map(({ type }) => type === 'number')
    const table = layOut(names, first, isNumeric, output)
    // Where there is no row, the names are all that there is to see.
    const isTable = first.length === 0 || (!expanded && table.width <= output.width)
    layout = isTable ? table : recordLayout(names, output.width)
    const lines = [...layout.head, ...first.map(layout.line)]
    pieces.hold(lines.map((line) => `${line}\n`).join(''))
  }
  return {
    columns(columns) {
      pieces.hold(between)
      all = columns
    },
    row(values) {
      const cells = values.map((value) => printable(value?.trimEnd())) // CHAR is padded
      if (layout) return pieces.add(`${layout.line(cells)}\n`)
      if (first.push(cells) === (expanded ? 1 : looked)) settle(all!)
      return undefined
    },
    done(tag) {
      if (all === undefined) pieces.hold(`${between}${doneText(tag)}\n`)
      else if (!layout) settle(all)
      between = '\n'
      all = layout = undefined
      first = []
    },
    async end() {
      await pieces.flush()
    },
  }
}
