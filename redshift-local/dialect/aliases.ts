import { SqlError } from '../errors'
import type { Calls } from './calls'
import { lastName, type Lookup, type Node, type Visit } from './parse'
import { type Item, QueryParts } from './query-parts'
import { isItem, isUnnamedItem } from './query-sources'
import { quoteName, type Span } from './tokens'

/**
 * Names in a query that mean an expression of its own select list: Redshift puts the expression in their place
 * (docs r_SELECT_list, "it just inlines the previously defined aliases"), unless a column of FROM has that name.
 * The engine knows such names as the whole of a key of GROUP BY or ORDER BY only.
 */
export class Aliases {
  private readonly names = new Set<string>()
  private readonly references: Visit[] = []
  private readonly written: Written = { isFinal: false, length: 0 }

  /** Takes note of a node of the syntax tree, each once. */
  note(visit: Visit): void {
    const { type, node } = visit
    if (type === 'ColumnRef') {
      if ((node['fields'] as Node[]).length === 1 && lastName(node['fields'] as Node[]) !== '')
        this.references.push(visit)
    } else if (isItem(visit) && node['name'] !== undefined && !isColumnOfItsName(node)) {
      this.names.add(node['name'] as string)
    }
  }

  /** Whether no name that stands alone is that of an item. */
  get areUnused(): boolean {
    return this.names.size === 0 || !this.references.some((it) => this.names.has(nameOf(it)))
  }

  /** @throws Unanswered where it depends on the columns of a FROM clause */
  replace(calls: Calls, lookup: Lookup): void {
    const uses = this.usesByQuery(calls)
    for (const one of uses) one.replace(this.written)
    // What a query reads ends before it does, and is asked about as it will be.
    for (const one of uses.sort((a, b) => a.end - b.end)) one.resolve(lookup)
    this.written.isFinal = true
  }

  private usesByQuery(calls: Calls): Uses[] {
    const uses = new Map<Visit, Uses>()
    for (const reference of this.references) {
      if (!this.names.has(nameOf(reference)) || isDatepart(reference)) continue
      const place = placeOf(reference)
      if (!place) continue
      const known = uses.get(place.query) ?? new Uses(place.query, calls)
      uses.set(place.query, known)
      known.add(reference, place)
    }
    return [...uses.values()].filter((one) => !one.isEmpty)
  }
}

/** The names in one query that are aliases of its select list. */
class Uses {
  /** Where FROM ends: before this, nothing in the query's FROM clause is left to be replaced. */
  readonly end: number
  private readonly parts: QueryParts
  private readonly replaced = new Map<Visit, Item>()

  constructor(
    query: Visit,
    private readonly calls: Calls,
  ) {
    this.parts = new QueryParts(query, calls)
    this.end = this.parts.end
  }

  get isEmpty(): boolean {
    return this.replaced.size === 0
  }

  /** An alias of an item counts in those behind it, and in the clauses of the query. */
  add(reference: Visit, { item }: Place): void {
    const name = nameOf(reference)
    const { items } = this.parts
    const before = item ? items.findIndex(({ node }) => node === item) : items.length
    const found = items.slice(0, before).findLast(({ node }) => node['name'] === name)
    if (found && !isColumnOfItsName(found.node)) this.replaced.set(reference, found)
  }

  /** Registers what stands in the place of each name that `resolve` leaves one of an item. */
  replace(written: Written): void {
    const { tokens, edits } = this.calls
    const texts = new Map<Span, string>()
    const textOf = (expression: Span): string => {
      const known = texts.get(expression)
      if (known !== undefined) return known
      const text = edits.render(expression.start, expression.end)
      if (written.isFinal) texts.set(expression, text)
      return text
    }
    for (const [reference, { expression }] of this.replaced) {
      const token = tokens[this.calls.tokenOf(reference.node)]!
      edits.replace(token, () => {
        if (!this.replaced.has(reference)) return token.text
        const text = `(${textOf(expression)})${labelOf(reference)}`
        written.length += text.length
        if (written.length > longest) throw tooLong()
        return text
      })
    }
  }

  /** A column of FROM goes before an alias of that name. */
  resolve({ columnsOf }: Lookup): void {
    const { from } = this.parts
    if (!from) return
    const names = new Set(columnsOf(this.parts.questionOf(from)).map(({ name }) => name))
    for (const reference of this.replaced.keys()) {
      if (names.has(nameOf(reference))) this.replaced.delete(reference)
    }
  }
}

/** Where a name stands: in which query, and in which item of its select list, if in one. */
interface Place {
  query: Visit
  item?: Node
}

// The engine finds the aliases by which rows are grouped or sorted itself, where the name is the whole key.
function placeOf(reference: Visit): Place | undefined {
  let below = reference
  for (let at = reference.parent; at; [below, at] = [at, at.parent]) {
    if (at.type !== 'SelectStmt') continue
    if (at.node['targetList'] === undefined) return undefined
    if (below.field === 'targetList') return { query: at, item: below.node }
    return clauses.has(below.field) && !isKey(reference, below) ? { query: at } : undefined
  }
  return undefined
}

function isKey(reference: Visit, top: Visit): boolean {
  let at = reference
  while (at !== top && keys.has(at.parent!.type)) at = at.parent!
  return at === top && top.field !== 'whereClause' && top.field !== 'havingClause'
}

const keys = new Set(['SortBy', 'GroupingSet', 'RowExpr'])
const clauses = new Set(['whereClause', 'groupClause', 'havingClause', 'sortClause'])

const nameOf = ({ node }: Visit): string => lastName(node['fields'] as Node[])

/** `t.a as a`: whatever the name means, it is a column of FROM. */
function isColumnOfItsName(item: Node): boolean {
  const column = (item['val'] as Node | undefined)?.['ColumnRef'] as Node | undefined
  return column !== undefined && lastName(column['fields'] as Node[]) === item['name']
}

// To the parser the bare word of DATEADD(month, …) is a column.
function isDatepart({ node, parent }: Visit): boolean {
  if (parent?.type !== 'FuncCall' || !withDatepart.has(lastName(parent.node['funcname'] as Node[])))
    return false
  const [first] = parent.node['args'] as { ColumnRef?: Node }[]
  return first?.ColumnRef === node
}

const withDatepart = new Set(['dateadd', 'date_add', 'datediff', 'date_diff', 'date_part'])

/** A name that was the whole item still names the column. */
function labelOf(reference: Visit): string {
  return isUnnamedItem(reference) ? ` as ${quoteName(nameOf(reference))}` : ''
}

/** How much stands in the place of names, and whether it is certain of each what it means. */
interface Written {
  isFinal: boolean
  length: number
}

/** Where each alias doubles the one before it, that ends here. */
const longest = 1024 * 1024

function tooLong(): SqlError {
  return new SqlError('54000', 'Statement is too large once its column aliases are replaced')
}
