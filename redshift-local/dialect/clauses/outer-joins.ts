import { SqlError } from '../../errors'
import { isReserved } from '../names'
import { closing, indexOutside, type Part, partsOf } from '../nesting'
import { isWord, type Token } from '../tokens'
import type { ClauseRule, Place } from './clause'

const fact = 'docs r_WHERE_oracle_outer: column (+) in a condition of WHERE'

export const outerJoinRules: ClauseRule[] = [
  {
    word: '+',
    fact,
    example:
      'select a from (select 1 as a union all select 2) s, (select 2 as b) t where s.a = t.b (+) and t.b (+) > 0 order by a',
    expected: [1, 2],
    isAt: isMark,
    when: () => true,
    carryOut(place) {
      const { clauses } = place.block
      const [from, where] = [clauses.get('from'), clauses.get('where')]
      const isInWhere = where && place.i > where.start && place.i < where.end
      const isOfFrom = from && from.start + 1 < from.end && isInWhere && from.end <= where.start
      // "Other uses of this operator are silently ignored in most cases."
      if (!isOfFrom) place.replace({ start: place.i - 1, end: place.i + 2 }, '')
      else new OuterJoins(place, from, where).write()
    },
  },
]

/** The `+` of a `(+)` behind a column. */
function isMark(tokens: Token[], i: number): boolean {
  const kind = tokens[i - 2]?.kind
  return (
    isWord(tokens[i - 1], '(') &&
    isWord(tokens[i + 1], ')') &&
    (kind === 'word' || kind === 'quoted')
  )
}

/** A relation of FROM. */
interface Relation {
  part: Part
  name: string
}

/** One of the conditions that AND joins. */
interface Condition {
  part: Part
  isMarked: boolean
}

/** A relation that is joined to another from outside, on these conditions. */
interface OuterJoin {
  to: Relation
  on: Condition[]
}

/** A query whose WHERE has marks, and FROM no JOIN. */
class OuterJoins {
  private readonly relations: Relation[]
  private readonly conditions: Condition[]
  private readonly joins = new Map<Relation, OuterJoin>()

  constructor(
    private readonly place: Place,
    private readonly from: Part,
    private readonly where: Part,
  ) {
    const { tokens } = place
    if (isWithin(tokens, from, 'join')) {
      throw new SqlError(
        '0A000',
        'Outer join operator (+) not allowed with JOIN in the FROM clause.',
      )
    }
    this.relations = partsOf(tokens, { start: from.start + 1, end: from.end }).map((part) => ({
      part,
      name: nameOf(tokens, part),
    }))
    this.conditions = conjuncts(tokens, { start: where.start + 1, end: where.end }).map((part) => ({
      part,
      isMarked: marksIn(tokens, part).length > 0,
    }))
    for (const condition of this.conditions) if (condition.isMarked) this.refuseChoice(condition)
    for (const relation of this.relations) this.readJoin(relation)
    for (const relation of this.relations) this.refuseCircle(relation)
  }

  write(): void {
    const { place } = this
    const joined = new Set([...this.joins.values()].flatMap(({ on }) => on))
    const roots = this.relations.filter((relation) => !this.joins.has(relation))
    const order: Relation[] = []
    const text = roots.map((relation) => this.joinedTo(relation, order).join(' ')).join(', ')
    place.replace({ start: this.from.start + 1, end: this.from.end }, text)
    const left = this.conditions.filter((condition) => !joined.has(condition))
    const where = left.map(({ part }) => `(${this.textOf(part)})`).join(' and ')
    place.replace(this.where, where === '' ? '' : `where ${where}`)
    if (order.some((relation, i) => relation !== this.relations[i])) this.keepOrderOfColumns()
  }

  /** A relation, and the joins of those that are joined to it. */
  private joinedTo(relation: Relation, order: Relation[]): string[] {
    order.push(relation)
    const outer = [...this.joins].filter(([, { to }]) => to === relation)
    const joins = outer.map(([it, { on }]) => {
      const conditions = on.map(({ part }) => `(${this.textOf(part)})`).join(' and ')
      const [table, ...more] = this.joinedTo(it, order)
      return [`left join ${table} on ${conditions}`, ...more]
    })
    return [this.place.textOf(relation.part), ...joins.flat()]
  }

  private readJoin(relation: Relation): void {
    const on = this.conditions.filter(({ part }) => this.markedIn(part).includes(relation))
    const partners = new Set(on.flatMap(({ part }) => this.relationsIn(part)))
    partners.delete(relation)
    if (partners.size > 1) {
      throw new SqlError('0A000', 'A table may be outer joined to at most one other table.')
    }
    const [to] = partners
    if (!to) return
    // "A join with mixed syntax styles runs as an inner join, without warning."
    const isMixed = this.conditions.some(({ part, isMarked }) => {
      const read = isMarked ? [] : this.relationsIn(part)
      return read.includes(relation) && read.includes(to)
    })
    if (!isMixed) this.joins.set(relation, { to, on })
  }

  private refuseChoice({ part }: Condition): void {
    const { tokens } = this.place
    const isChoice = tokens
      .slice(part.start, part.end)
      .some((token) => isWord(token, 'or') || isWord(token, 'in'))
    if (isChoice) {
      throw new SqlError('0A000', 'Outer join operator (+) not allowed in operand of OR or IN.')
    }
    if (new Set(this.markedIn(part)).size > 1) {
      throw new SqlError(
        '0A000',
        'A condition may have the outer join operator (+) of one table only.',
      )
    }
  }

  private refuseCircle(relation: Relation): void {
    const seen = new Set<Relation>()
    for (let at: Relation | undefined = relation; at; at = this.joins.get(at)?.to) {
      if (seen.has(at)) {
        throw new SqlError('0A000', 'A table may be outer joined to at most one other table.')
      }
      seen.add(at)
    }
  }

  private markedIn(part: Part): Relation[] {
    const { tokens } = this.place
    return marksIn(tokens, part).flatMap((mark) => this.relationOf(mark - 2) ?? [])
  }

  private relationsIn(part: Part): Relation[] {
    const { tokens } = this.place
    const found: Relation[] = []
    for (let at = part.start; at < part.end; at++) {
      const token = tokens[at]!
      const isColumn =
        token.kind === 'quoted' || (token.kind === 'word' && !isReserved(token.value))
      if (!isColumn || isWord(tokens[at + 1], '.')) continue
      if (isWord(tokens[at + 1], '(') && !isMark(tokens, at + 2)) continue
      const relation = this.relationOf(at)
      if (relation) found.push(relation)
    }
    return found
  }

  /** Whose column stands at a place: of which name, or which has such a column. */
  private relationOf(at: number): Relation | undefined {
    const { tokens } = this.place
    if (isWord(tokens[at - 1], '.')) {
      return this.relations.find(({ name }) => name === tokens[at - 2]!.value.toLowerCase())
    }
    const column = tokens[at]!.value.toLowerCase()
    return this.relations.find(({ part }) =>
      this.place
        .columnsOf(`select * from ${this.place.textOf(part)}`)
        .some(({ name }) => name === column),
    )
  }

  /** Without the marks. */
  private textOf(part: Part): string {
    let text = ''
    let { start } = part
    for (const mark of marksIn(this.place.tokens, part)) {
      text += this.place.textOf({ start, end: mark - 1 }) + ' '
      start = mark + 2
    }
    return text + this.place.textOf({ start, end: part.end })
  }

  private keepOrderOfColumns(): void {
    const all = this.relations.map(({ name }) => `${name}.*`).join(', ')
    for (const item of partsOf(this.place.tokens, this.place.block.list)) {
      if (item.end - item.start === 1 && isWord(this.place.tokens[item.start], '*')) {
        this.place.replace(item, all)
      }
    }
  }
}

function marksIn(tokens: Token[], { start, end }: Part): number[] {
  const marks: number[] = []
  for (let at = start; at < end; at++)
    if (isWord(tokens[at], '+') && isMark(tokens, at)) marks.push(at)
  return marks
}

function isWithin(tokens: Token[], { start, end }: Part, word: string): boolean {
  return indexOutside(tokens.slice(start, end), word) >= 0
}

/** What columns of a relation are called by: its alias, else its own name. */
export function nameOf(tokens: Token[], { start, end }: Part): string {
  let last = end - 1
  const isList = isWord(tokens[last], ')') && !isWord(tokens[start], '(')
  while (isList && last > start && !isWord(tokens[last], '(')) last--
  return tokens[isList ? last - 1 : last]!.value.toLowerCase()
}

/** The conditions that AND joins, in one pair of parentheses or none. */
function conjuncts(tokens: Token[], { start, end }: Part): Part[] {
  const parts: Part[] = []
  let from = start
  let betweens = 0
  for (let at = start, depth = 0; at <= end; at++) {
    const token = tokens[at]
    if (at < end && isWord(token, '(')) depth++
    else if (at < end && isWord(token, ')')) depth--
    else if (depth === 0 && at < end && isWord(token, 'between')) betweens++
    else if (at === end || (depth === 0 && isWord(token, 'and') && betweens-- <= 0)) {
      parts.push({ start: from, end: at })
      from = at + 1
      betweens = 0
    }
  }
  // What OR joins is one condition.
  if (isWithin(tokens, { start, end }, 'or')) return [{ start, end }]
  return parts.flatMap((part) => {
    const isGroup = isWord(tokens[part.start], '(') && closing(tokens, part.start) === part.end - 1
    const inside = { start: part.start + 1, end: part.end - 1 }
    return isGroup && marksIn(tokens, part).length > 0 ? conjuncts(tokens, inside) : [part]
  })
}
