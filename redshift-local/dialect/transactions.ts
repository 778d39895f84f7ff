import { Cursor } from './cursor'
import { type Source, type Statement } from './statement'
import { SqlError } from '../errors'

const levels = [
  ['serializable'],
  ['snapshot'],
  ['read', 'committed'],
  ['read', 'uncommitted'],
  ['repeatable', 'read'],
]

/** Facts D: every isolation level is taken, and none has an effect. */
export function begin({ tokens }: Source): Partial<Statement> {
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

export function commit({ tokens }: Source): Partial<Statement> {
  endOfTransaction(tokens)
  return { main: 'commit', tag: 'COMMIT', transaction: 'commit' }
}

export function rollback({ tokens }: Source): Partial<Statement> {
  if (tokens.some((token) => token.value === 'to')) {
    throw new SqlError('0A000', 'ROLLBACK TO SAVEPOINT is not supported')
  }
  endOfTransaction(tokens)
  return { main: 'rollback', tag: 'ROLLBACK', transaction: 'rollback' }
}

function endOfTransaction(tokens: Source['tokens']): void {
  const cursor = new Cursor(tokens, 1)
  if (!cursor.take('work')) cursor.take('transaction')
  cursor.expectEnd()
}
