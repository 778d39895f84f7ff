import { SqlError } from '../errors'
import { isSystem, type Refusal, refusals } from './refusals'
import { lastName, type Visit } from './walk'

const byType = new Map<string, Refusal[]>()
for (const refusal of refusals) {
  byType.set(refusal.node, [...(byType.get(refusal.node) ?? []), refusal])
}

/** Holds the nodes of one statement against the refusals, and leader-only words against its tables. */
export class Refusing {
  private readonly leaderOnly: string[] = []
  private readonly tables: string[] = []
  private readonly queryNames = new Set<string>()

  constructor(private readonly text: string) {}

  /** @throws SqlError for what Redshift refuses */
  visit(visit: Visit): void {
    for (const refusal of byType.get(visit.type) ?? []) {
      if (refusal.when?.(visit, this.text) ?? true) throw refusalError(refusal, visit, this.text)
    }
    this.noticeLeaderOnly(visit)
    this.noticeTable(visit)
  }

  /** Facts C and E: what runs on the leader node alone cannot be in a query over the user's tables. */
  finish(): void {
    const name = this.leaderOnly[0]
    if (name === undefined || this.tables.every((table) => this.queryNames.has(table))) return
    throw new SqlError('0A000', notSupportedOnTables, {
      detail: `Function "${name}()" not supported.`,
    })
  }

  private noticeLeaderOnly({ type, node, parent }: Visit): void {
    if (type === 'FuncCall') {
      const names = node['funcname'] as Visit['node'][]
      const name = lastName(names)
      if (leaderOnlyFunctions.has(name) || leaderOnlyPrefixes.test(name)) this.leaderOnly.push(name)
    }
    if (type === 'SQLValueFunction' && parent?.type !== 'Constraint') {
      const name = leaderOnlyValues[node['op'] as string]
      if (name !== undefined && !isInsideDefault(parent)) this.leaderOnly.push(name)
    }
  }

  private noticeTable({ type, node, parent, field }: Visit): void {
    if (type === 'CommonTableExpr') this.queryNames.add(node['ctename'] as string)
    if (type !== 'RangeVar' || !isRead(parent, field)) return
    const name = node['relname'] as string
    if (!isSystem(node['schemaname'] as string | undefined, name)) this.tables.push(name)
  }
}

const notSupportedOnTables =
  'Specified types or functions (one per INFO message) not supported on Amazon Redshift tables.'

function refusalError(refusal: Refusal, visit: Visit, text: string): SqlError {
  const { message, sqlstate, hint } = refusal
  return new SqlError(sqlstate, typeof message === 'string' ? message : message(visit, text), {
    hint,
  })
}

/** Facts E, leader-only; the functions of the system catalog among them. */
const leaderOnlyFunctions = new Set(
  (
    'now age isfinite getbit get_byte get_bit set_bit set_byte to_ascii current_schema current_schemas ' +
    'generate_series format_type obj_description col_description to_regclass'
  ).split(' '),
)
const leaderOnlyPrefixes =
  /^(has_.*_privilege|pg_(get|table_is|type_is|function_is|relation|total|size|backend|encoding).*)$/

const leaderOnlyValues: Record<string, string> = {
  SVFOP_CURRENT_TIME: 'current_time',
  SVFOP_CURRENT_TIME_N: 'current_time',
  SVFOP_CURRENT_TIMESTAMP: 'current_timestamp',
  SVFOP_CURRENT_TIMESTAMP_N: 'current_timestamp',
  SVFOP_LOCALTIME: 'localtime',
  SVFOP_LOCALTIME_N: 'localtime',
  SVFOP_LOCALTIMESTAMP: 'localtimestamp',
  SVFOP_LOCALTIMESTAMP_N: 'localtimestamp',
  SVFOP_CURRENT_SCHEMA: 'current_schema',
}

// Facts, open point 4: as a column's default, CURRENT_TIMESTAMP is taken.
function isInsideDefault(parent: Visit | undefined): boolean {
  for (let at = parent; at; at = at.parent) if (at.type === 'ColumnDef') return true
  return false
}

// A row that INSERT … VALUES makes is made by the leader node; a table that is scanned is not.
function isRead(parent: Visit | undefined, field: string): boolean {
  if (field === 'fromClause' || field === 'usingClause') return true
  if (parent?.type === 'JoinExpr') return true
  return ['UpdateStmt', 'DeleteStmt', 'MergeStmt'].includes(parent?.type ?? '')
}
