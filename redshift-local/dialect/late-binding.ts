import { catalogCall, done } from './catalog-calls'
import { checkNode, refused } from './check'
import { withoutClauses } from './clauses'
import { scanned } from './leader-node'
import { type Lookup, parseWritten, type ParsedStatement, walk } from './parse'
import { readTree, rewritten, type Translation } from './rewrite'
import { Cursor, quoteFully } from './tokens'

/** CREATE VIEW, bound to what it reads or not (docs r_CREATE_VIEW). */
export function createView(statement: ParsedStatement): Partial<Translation> {
  const { tokens, session } = statement
  const isLate = new Cursor(tokens.slice(-4)).is('with', 'no', 'schema', 'binding')
  if (isLate) return createLate({ ...statement, tokens: tokens.slice(0, -4) })
  const cursor = new Cursor(tokens, 1)
  const replaces = cursor.take('or', 'replace')
  cursor.expect('view')
  if (!replaces || !session.lateBinding?.isUsed) return rewritten(statement)
  // The engine would not put columns into the empty view.
  const name = quoteFully(cursor.qualifiedName())
  return { ...rewritten(statement), before: [catalogCall('drop_late_binding_view', name)] }
}

function createLate({ tokens, text, session }: ParsedStatement): Partial<Translation> {
  const cursor = new Cursor(tokens, 1)
  const replaces = cursor.take('or', 'replace')
  cursor.expect('view')
  const name = cursor.qualifiedName()
  const columns = cursor.is('(') ? cursor.names() : []
  cursor.expect('as')
  const query = text.slice(cursor.start, tokens.at(-1)!.end)
  checkQuery(query, session)
  const create = catalogCall('create_late_binding_view', quoteFully(name), query, columns, replaces)
  session.lateBinding?.use()
  return done('CREATE VIEW', create)
}

/** @throws SqlError for what is wrong with it whatever there is to read */
function checkQuery(query: string, session: Lookup): void {
  const written = parseWritten(query, { ...session, columnsOf: () => [] })
  const { tree } = readTree(withoutClauses(written, () => []))
  walk(tree, (visit) => checkNode(visit, tree))
  const isQualified = scanned(tree).every((relation) => relation['schemaname'])
  if (!isQualified) throw refused('unqualifiedInLateView')
}
