import { catalogCall, done } from './catalog-calls'
import { refused } from './check'
import { indexOutside } from './nesting'
import type { ParsedStatement } from './parse'
import { rewriteWritten, rewritten, type Translation } from './rewrite'
import { Cursor, isWord, quoteFully, quoteLiteral, quoteName, type Token, tokenize } from './tokens'

/** Facts D: TRUNCATE commits the transaction that it is in. */
export function truncate(statement: ParsedStatement): Partial<Translation> {
  const translation = rewritten(statement)
  const cursor = new Cursor(statement.tokens, 1)
  cursor.take('table')
  const table = quoteLiteral(quoteFully(cursor.qualifiedName()))
  const after = [`select redshift_catalog.after_truncate(${table}::regclass)`, 'commit']
  return { ...translation, after }
}

const vacuums = [['full'], ['sort', 'only'], ['delete', 'only'], ['reindex'], ['recluster']]

/** Facts D: VACUUM [FULL|SORT ONLY|DELETE ONLY|REINDEX|RECLUSTER] [t] [TO n PERCENT] [BOOST]. */
export function vacuum({ tokens }: ParsedStatement): Partial<Translation> {
  const cursor = new Cursor(tokens, 1)
  vacuums.some((words) => cursor.take(...words))
  const named = !cursor.isAtEnd && !cursor.is('to') && !cursor.is('boost')
  const table = named ? quoteFully(cursor.qualifiedName()) : ''
  if (cursor.take('to')) {
    cursor.integer()
    cursor.expect('percent')
  }
  cursor.take('boost')
  cursor.expectEnd()
  return { main: `vacuum ${table}`.trim(), tag: 'VACUUM', notInBlock: 'VACUUM' }
}

/** Facts D: ANALYZE [VERBOSE] [t[(c,..)]] [PREDICATE COLUMNS|ALL COLUMNS]. */
export function analyze({ tokens }: ParsedStatement): Partial<Translation> {
  const cursor = new Cursor(tokens, 1)
  cursor.take('verbose')
  const named = !cursor.isAtEnd && !cursor.is('predicate') && !cursor.is('all')
  const table = named ? ` ${quoteFully(cursor.qualifiedName())}` : ''
  const columns = named && cursor.is('(') ? ` (${cursor.names().map(quoteName).join(', ')})` : ''
  if (!cursor.take('predicate', 'columns')) cursor.take('all', 'columns')
  cursor.expectEnd()
  return { main: `analyze${table}${columns}`, tag: 'ANALYZE' }
}

// The engine locks only within a transaction block, and Redshift anywhere: a block of code is one. But
// that takes the transaction's snapshot before it waits, and LOCK in Redshift takes none (facts D).
export function lock({ tokens }: ParsedStatement): Partial<Translation> {
  const cursor = new Cursor(tokens, 1)
  cursor.take('table')
  const tables = cursor.listOf(() => cursor.qualifiedName())
  cursor.expectEnd()
  const names = tables.map(quoteFully).join(', ')
  return {
    main: `do $redshift$begin lock table ${names}; end$redshift$`,
    mainInBlock: `lock table ${names}`,
    tag: 'LOCK TABLE',
  }
}

/**
 * CREATE SCHEMA and ALTER SCHEMA (docs r_CREATE_SCHEMA, r_ALTER_SCHEMA). A quota limits what a cluster's disks
 * hold; here it is read, and limits nothing.
 */
export function schema(statement: ParsedStatement): Partial<Translation> {
  const { tokens, text, start, end, session } = statement
  const at = tokens.findIndex((token, i) => i > 2 && isWord(token, 'quota'))
  if (at < 0) return rewritten(statement)
  const cursor = new Cursor(tokens, at + 1)
  if (!cursor.take('unlimited')) {
    cursor.integer()
    cursor.takeOneOf('mb', 'gb', 'tb')
  }
  const before = text.slice(start, tokens[at]!.start)
  if (isWord(tokens[0], 'create')) {
    return { main: rewriteWritten(`${before}${text.slice(cursor.start, end)}`, session) }
  }
  cursor.expectEnd()
  const altered = new Cursor(tokens.slice(0, at), 2)
  const name = quoteLiteral(quoteName(altered.name()))
  altered.expectEnd()
  return done('ALTER SCHEMA', `select ${name}::regnamespace`)
}

/** Of the current database only. */
export function commentOnDatabase({ tokens }: ParsedStatement): Partial<Translation> {
  const cursor = new Cursor(tokens, 3)
  const name = cursor.name()
  cursor.expect('is')
  const comment = cursor.take('null') ? null : cursor.string()
  cursor.expectEnd()
  return done('COMMENT', catalogCall('comment_on_database', name, comment))
}

export function cancel({ tokens }: ParsedStatement): Partial<Translation> {
  const cursor = new Cursor(tokens, 1)
  const pid = cursor.integer()
  if (cursor.isAtString) cursor.next()
  cursor.expectEnd()
  const main = `do $redshift$begin perform pg_catalog.pg_cancel_backend(${pid}); end$redshift$`
  return { main, tag: 'CANCEL' }
}

export function insertInto(statement: ParsedStatement): Partial<Translation> {
  const { tokens } = statement
  const translation = rewritten(statement)
  return { ...translation, fills: quoteFully(new Cursor(tokens, 2).qualifiedName()) }
}

/**
 * MERGE; of the form with REMOVE DUPLICATES, docs r_MERGE: the rows of the target that match one of the source are
 * replaced by it, however many they are, and the others of the source inserted.
 */
export function mergeInto(statement: ParsedStatement): Partial<Translation> {
  const { text, tokens, session } = statement
  if (!new Cursor(tokens.slice(-2)).is('remove', 'duplicates')) return rewritten(statement)
  const cursor = new Cursor(tokens.slice(0, -2))
  cursor.expect('merge', 'into')
  const [target, start] = [quoteFully(cursor.qualifiedName()), cursor.start]
  cursor.expect('using')
  const source = quoteFully(cursor.qualifiedName())
  if (source === target) throw refused('mergeIntoSource')
  cursor.take('as')
  if (!cursor.is('on')) cursor.name()
  const using = text.slice(start, cursor.start)
  cursor.expect('on')
  const condition = text.slice(cursor.start, tokens.at(-3)!.end)
  const gone = `delete from ${target} ${using} where ${condition}`
  return {
    before: [rewriteWritten(gone, session)],
    main: rewriteWritten(`insert into ${target} select * from ${source}`, session),
    tag: 'MERGE',
    fills: target,
  }
}

const twinsAreErrors =
  "select pg_catalog.current_setting('redshift.error_on_nondeterministic_update', true)"

/**
 * UPDATE; with error_on_nondeterministic_update one that would find several rows for a row of its table is refused
 * (docs r_error_on_nondeterministic_update).
 */
export function update(statement: ParsedStatement): Partial<Translation> {
  const translation = rewritten(statement)
  if (indexOutside(statement.tokens, 'from') < 0) return translation
  const [[setting] = []] = statement.session.rowsOf(twinsAreErrors)
  if (setting !== 'on' && setting !== 'true') return translation
  return { ...translation, main: refusingTwins(translation.main!) }
}

/** @param update in the engine's SQL */
function refusingTwins(update: string): string {
  const tokens = tokenize(update)
  const [set, from] = [indexOutside(tokens, 'set'), indexOutside(tokens, 'from')]
  const where = indexOutside(tokens, 'where')
  const textOf = (first: number, behind: number) =>
    update.slice(tokens[first]!.start, tokens[behind - 1]!.end)
  const end = where < 0 ? tokens.length : where
  const condition = where < 0 ? '' : ` where ${textOf(where + 1, tokens.length)}`
  const matches = `select 1 from ${textOf(1, set)}, ${textOf(from + 1, end)}${condition} group by ${tokens[set - 1]!.text}.ctid having count(*) > 1`
  const check = `(select redshift_catalog.refuse_twins(exists (${matches})))`
  const head = textOf(0, end)
  return where < 0
    ? `${head} where ${check}`
    : `${head} where ${check} and (${textOf(where + 1, tokens.length)})`
}

/** Facts C: FROM may be left out. */
export function deleteFrom(statement: ParsedStatement): Partial<Translation> {
  const cursor = new Cursor(statement.tokens, 1)
  if (cursor.is('from')) return rewritten(statement)
  const rest = statement.text.slice(cursor.start, statement.end)
  return { main: rewriteWritten(`delete from ${rest}`, statement.session) }
}

const levels = [
  ['serializable'],
  ['snapshot'],
  ['read', 'committed'],
  ['read', 'uncommitted'],
  ['repeatable', 'read'],
]

/** Facts D: every isolation level is taken, and none has an effect. */
export function begin({ tokens }: ParsedStatement): Partial<Translation> {
  const cursor = new Cursor(tokens)
  const isStart = cursor.take('start')
  if (isStart) cursor.expect('transaction')
  else if (cursor.take('begin') && !cursor.take('work')) cursor.take('transaction')
  const readOnly = readModes(cursor)
  const tag = isStart ? 'START TRANSACTION' : 'BEGIN'
  return { main: readOnly ? 'begin read only' : 'begin', tag, transaction: 'begin' }
}

/** Reads ISOLATION LEVEL … and READ ONLY | READ WRITE; true for READ ONLY. */
export function readModes(cursor: Cursor): boolean {
  let readOnly = false
  while (!cursor.isAtEnd) {
    cursor.take(',')
    if (cursor.take('isolation', 'level')) {
      if (!levels.some((level) => cursor.take(...level))) throw cursor.syntaxError()
    } else if (cursor.take('read', 'only')) readOnly = true
    else if (cursor.take('read', 'write')) readOnly = false
    else throw cursor.syntaxError()
  }
  return readOnly
}

export function commit({ tokens }: ParsedStatement): Partial<Translation> {
  endOfTransaction(tokens)
  return { main: 'commit', tag: 'COMMIT', transaction: 'commit' }
}

export function rollback({ tokens }: ParsedStatement): Partial<Translation> {
  endOfTransaction(tokens)
  return { main: 'rollback', tag: 'ROLLBACK', transaction: 'rollback' }
}

function endOfTransaction(tokens: Token[]): void {
  const cursor = new Cursor(tokens, 1)
  if (!cursor.take('work')) cursor.take('transaction')
  cursor.expectEnd()
}
