import type { Calls } from './calls'
import {
  bigint,
  common,
  computed,
  decimal,
  float,
  integer,
  namedTypes,
  type NumberType,
  typeOfColumn,
  typeOfLiteral,
} from './number-types'
import {
  lastName,
  type Lookup,
  type Node,
  type ResultColumn,
  type Visit,
  wholeNumber,
} from './parse'
import { QueryParts } from './query-parts'
import { itemsOf, nameOf, queryAround, sources } from './query-sources'
import { quoteFully, quoteName } from './tokens'

/** A type, or nothing where it is of no number, or not known. */
type Found = NumberType | undefined

/**
 * The types of expressions of numbers, told from the syntax tree, and for columns by the engine. Its DECIMALs know
 * no precision once they are computed, so it can be asked about columns only.
 */
export class OperandTypes {
  private readonly columns = new Map<Visit, ResultColumn[]>()
  /** The queries of whose columns the question is being written: conditions of joins are a part of it. */
  private readonly asking = new Set<Visit>()
  /** The expressions being told, which an alias may lead back to. */
  private readonly telling = new Set<Node>()
  private readonly told = new Map<Node, Found>()
  private cut = 0

  /** @param queries the SELECT, UPDATE and DELETE of a tree, by their nodes */
  constructor(
    private readonly calls: Calls,
    private readonly lookup: Lookup,
    private readonly queries: Map<Node, Visit>,
  ) {}

  /**
   * @param place the query that it stands in
   * @throws Unanswered
   */
  of(expression: Node | undefined, place: Visit | undefined): Found {
    const [type] = Object.keys(expression ?? {})
    const tell = type === undefined ? undefined : this.tellers[type]
    const node = type === undefined ? undefined : (expression![type] as Node)
    if (!tell || !node) return undefined
    if (this.told.has(node)) return this.told.get(node)
    if (this.telling.has(node)) return this.notYet()
    const before = this.cut
    this.telling.add(node)
    try {
      const found = tell(node, place)
      if (this.cut === before) this.told.set(node, found)
      return found
    } finally {
      this.telling.delete(node)
    }
  }

  /** What may be told another time. */
  private notYet(): undefined {
    this.cut++
    return undefined
  }

  private readonly tellers: Record<string, (node: Node, place: Visit | undefined) => Found> = {
    A_Const: (node) => ofConstant(node),
    TypeCast: (node) => ofTypeName(node['typeName'] as Node),
    A_Expr: (node, place) => this.ofOperation(node, place),
    FuncCall: (node, place) => this.ofCall(node, place),
    CoalesceExpr: (node, place) => this.ofOneOf(node['args'] as Node[], place),
    MinMaxExpr: (node, place) => this.ofOneOf(node['args'] as Node[], place),
    CaseExpr: ({ args, defresult }, place) => {
      const results = (args as Node[]).map((it) => (it['CaseWhen'] as Node)['result'] as Node)
      return this.ofOneOf([...results, ...(defresult ? [defresult as Node] : [])], place)
    },
    SubLink: ({ subLinkType, subselect }) =>
      subLinkType === 'EXPR_SUBLINK' ? this.ofFirstItem(subselect as Node) : undefined,
    ColumnRef: (node, place) => this.ofName(namesOf(node), place),
  }

  private ofOperation({ kind, name, lexpr, rexpr }: Node, place: Visit | undefined): Found {
    if (kind === 'AEXPR_NULLIF') return this.of(lexpr as Node, place)
    if (kind !== 'AEXPR_OP') return undefined
    const operator = lastName(name as Node[])
    if (lexpr === undefined)
      return /^[-+]$/.test(operator) ? this.of(rexpr as Node, place) : undefined
    // What takes no question goes first, as the other may not matter then.
    const isLeftLater = this.namesColumns(lexpr as Node)
    const [first, second] = (isLeftLater ? [rexpr, lexpr] : [lexpr, rexpr]) as [Node, Node]
    const one = this.of(first, place)
    if (!one || one.kind === 'float') return one
    const other = this.of(second, place)
    return isLeftLater ? computed(operator, other, one) : computed(operator, one, other)
  }

  private readonly withColumns = new Map<object, boolean>()

  private namesColumns(part: object): boolean {
    const known = this.withColumns.get(part)
    if (known !== undefined) return known
    const found = Object.entries(part).some(
      ([key, inner]: [string, unknown]) =>
        key === 'ColumnRef' || (typeof inner === 'object' && !!inner && this.namesColumns(inner)),
    )
    this.withColumns.set(part, found)
    return found
  }

  private ofCall({ funcname, args = [] }: Node, place: Visit | undefined): Found {
    const name = lastName(funcname as Node[])
    const all = args as Node[]
    if (ofArgument.has(name)) return this.of(all[0], place)
    if (totals.has(name)) return totalOf(this.of(all[0], place))
    if (name === 'mod') return computed('%', this.of(all[0], place), this.of(all[1], place))
    if (name === 'nvl') return this.ofOneOf(all, place)
    if (name === 'nvl2') return this.ofOneOf(all.slice(1), place)
    if (name === 'decode') {
      const isResult = (i: number) => i > 0 && (i % 2 === 0 || i === all.length - 1)
      const results = all.filter((_, i) => isResult(i))
      return this.ofOneOf(results, place)
    }
    return byName.get(name)
  }

  private ofOneOf(values: Node[], place: Visit | undefined): Found {
    const known = values.filter(({ A_Const }) => !(A_Const as Node | undefined)?.['isnull'])
    return known.length === 0 ? undefined : common(known.map((value) => this.of(value, place)))
  }

  private ofFirstItem(query: Node): Found {
    const inner = this.queries.get(query['SelectStmt'] as Node)
    const [first] = (inner?.node['targetList'] ?? []) as { ResTarget: Node }[]
    return this.of(first?.ResTarget['val'] as Node | undefined, inner)
  }

  /** A column of the nearest query around that has it; else an alias of that query's list. */
  private ofName(names: string[], place: Visit | undefined): Found {
    const name = names.at(-1)!
    const relation = names.at(-2)
    for (let query = place; query; query = queryAround(query)) {
      if (this.asking.has(query)) return this.notYet()
      if (relation !== undefined && !sources(query).some((it) => it.name === relation)) continue
      const named = this.columnsOf(query).filter((column) => column.name === name)
      if (named.length > 0) return this.ofColumn(named, query, relation)
      const aliased = itemsOf(query).findLast((item) => item['name'] === name)
      if (aliased && relation === undefined) return this.of(aliased['val'] as Node, query)
    }
    return undefined
  }

  /** @param named the columns of this name: several where relations share it */
  private ofColumn(named: ResultColumn[], query: Visit, relation: string | undefined): Found {
    const { name, type, modifier } = named[0]!
    const isSame = named.every((other) => other.type === type && other.modifier === modifier)
    if (!isSame && relation === undefined) return undefined
    const [column] = isSame
      ? named
      : this.described(query, `${quoteName(relation!)}.${quoteName(name)}`)
    if (!column) return undefined
    const isOnly = named.length === 1
    return typeOfColumn(column) ?? this.ofItemBelow(name, query, isOnly ? undefined : relation)
  }

  private columnsOf(query: Visit): ResultColumn[] {
    const known = this.columns.get(query) ?? this.described(query, '*')
    this.columns.set(query, known)
    return known
  }

  private described(query: Visit, list: string): ResultColumn[] {
    this.asking.add(query)
    try {
      const question = this.questionOf(query, list)
      return question === undefined ? [] : this.lookup.columnsOf(question)
    } finally {
      this.asking.delete(query)
    }
  }

  private questionOf(query: Visit, list: string): string | undefined {
    const { node, type } = query
    if (type !== 'SelectStmt') {
      const { schemaname, relname } = node['relation'] as { schemaname?: string; relname: string }
      return `select * from ${quoteFully({ schema: schemaname, name: relname })}`
    }
    if (node['targetList'] === undefined || node['fromClause'] === undefined) return undefined
    const parts = new QueryParts(query, this.calls)
    return parts.from && parts.questionOf(parts.from, list)
  }

  /** A column that a query below FROM computes. */
  private ofItemBelow(name: string, query: Visit, relation: string | undefined): Found {
    const found = sources(query).flatMap((source) => {
      if (relation !== undefined && source.name !== relation) return []
      const inner = this.queries.get(source.query ?? {})
      if (!inner) return []
      const items = itemsOf(inner)
      const at = source.columns?.indexOf(name) ?? items.findIndex((it) => nameOf(it) === name)
      return items[at] ? [this.of(items[at]['val'] as Node, inner)] : []
    })
    return found.length === 1 ? found[0] : undefined
  }
}

function ofConstant({ ival, fval }: Node): Found {
  if (ival) return integer
  return fval ? typeOfLiteral((fval as { fval: string }).fval) : undefined
}

function ofTypeName({ names, typmods, arrayBounds }: Node): Found {
  if (arrayBounds) return undefined
  const name = lastName(names as Node[])
  if (name !== 'numeric') return namedTypes.get(name)
  const [precision, scale = 0] = ((typmods ?? []) as Node[]).map((it) => wholeNumber(it) ?? 0)
  return precision === undefined ? undefined : decimal(precision, scale)
}

const ofArgument = new Set(
  (
    'min max abs round trunc floor ceil ceiling sign ' +
    'first_value last_value nth_value lag lead any_value'
  ).split(' '),
)

const totals = new Set(['sum', 'avg'])

function totalOf(type: Found): Found {
  if (type?.kind === 'decimal') return decimal(38, type.scale)
  return type?.kind === 'integer' ? bigint : type
}

const byName = new Map<string, NumberType>(
  (
    [
      ['count row_number rank dense_rank ntile datediff date_diff', bigint],
      ['len length char_length character_length octet_length strpos charindex ascii', integer],
      [
        'exp ln log dlog10 sqrt cbrt power pow random pi sin cos tan cot acos asin atan atan2 degrees radians ' +
          'stddev stddev_samp stddev_pop variance var_samp var_pop ratio_to_report percent_rank cume_dist',
        float,
      ],
    ] as const
  ).flatMap(([names, type]) => names.split(' ').map((name) => [name, type] as const)),
)

/** The parts of a column's name; the last is '' for `*`. */
function namesOf({ fields }: Node): string[] {
  return (fields as Node[]).map((field) => lastName([field]))
}
