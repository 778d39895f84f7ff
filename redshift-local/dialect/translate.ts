import { alterTable } from './alter-table'
import { checkStatement } from './check'
import * as commands from './commands'
import { createTable, select } from './create-table'
import { refuseTooDeep, tooDeep } from './depth'
import { Edits } from './edits'
import * as grants from './grants'
import { createView } from './late-binding'
import { readsStatementLog } from './leader-node'
import {
  byFirstWords,
  type Findings,
  type Lookup,
  type ParsedStatement,
  parseStatements,
  type SessionView,
  textOf,
  Unanswered,
} from './parse'
import * as principals from './principals'
import { type Handler, rewritten, type Translation } from './rewrite'
import { reset, setParameter, show } from './session-settings'
import { showCatalog } from './show'
import { isWord, syntaxErrorAt, type Token, tokenize } from './tokens'
import { unload } from './unload'

/**
 * What the engine is to run for each statement of a text in Redshift's SQL. This is the way of a statement:
 *
 * 1. parse: `tokens` cuts the text into words, and `parse` into statements.
 * 2. check: `refusals` is the table of all that is refused; `check` looks it up, here by the first words,
 *    and in the next step at each word, and at each node of PostgreSQL's syntax tree.
 * 3. rewrite: what has a grammar of Redshift's own is read by its handler, below, and written for the engine;
 *    `rewrite` writes clauses anew (`clauses`), replaces words (`spellings`) and calls (`functions`), and leaves
 *    the rest to the letter.
 * 4. engine: the wire runs `before`, `main` and `after`, and tells its errors by `server-errors`.
 *
 * A statement of which that takes more than its text, such as what a name in it means, has a `question`
 * instead, to be answered when its turn has come: what ran before it may have made the tables that it is about.
 *
 * @throws SqlError for what Redshift refuses, or what the local Redshift cannot carry out, by name
 */
export function translate(text: string, session: SessionView): Translation[] {
  const statements = parseStatements(text, { ...session, ...lookupIn(new Map()) })
  if (statements.length === 0) return [{ sql: text, before: [], main: '', after: [] }]
  return statements.map((statement) => translateOne(statement, new Map()))
}

/** What was asked so far, by what is wanted and the query. */
type Answers = ReadonlyMap<string, Findings[keyof Findings]>

function lookupIn(answers: Answers): Pick<Lookup, 'columnsOf' | 'rowsOf'> {
  const find = (wants: keyof Findings, asked: string) => {
    const query = withoutParameters(asked)
    const found = answers.get(`${wants} ${query}`)
    if (!found) throw new Unanswered(wants, query)
    return found
  }
  return {
    columnsOf: (query) => find('columns', query) as Findings['columns'],
    rowsOf: (query) => find('rows', query) as Findings['rows'],
  }
}

/** The engine cannot always tell their types, and the columns do not depend on them. */
function withoutParameters(query: string): string {
  if (!query.includes('$')) return query
  const edits = new Edits(query)
  for (const token of tokenize(query)) if (token.kind === 'parameter') edits.replace(token, 'null')
  return edits.render()
}

function translateOne(statement: ParsedStatement, answers: Answers): Translation {
  checkStatement(statement)
  refuseTooDeep(statement.tokens)
  const kind = kindOf(statement)
  if (!kind) throw syntaxErrorAt(firstUnknown(statement.tokens))
  const nothing: Translation = { sql: textOf(statement), before: [], main: '', after: [] }
  if (readsStatementLog(statement)) nothing.readsStatements = true
  const session = { ...statement.session, ...lookupIn(answers) }
  try {
    return { ...nothing, ...kind.carryOut({ ...statement, session }) }
  } catch (error) {
    if (error instanceof Unanswered) {
      const { wants, query } = error
      // From the beginning: a translation depends on nothing but its text and the answers.
      const answer = (found: Findings[keyof Findings]) =>
        translateOne(statement, new Map([...answers, [`${wants} ${query}`, found]]))
      return { ...nothing, question: { wants, query, answer } }
    }
    throw error instanceof RangeError ? tooDeep() : error
  }
}

/** A kind of statement: the words that it begins with, and how it is carried out. */
interface Kind {
  starts: string[]
  carryOut: Handler
}

const kinds: Kind[] = [
  { starts: ['select', 'with', '('], carryOut: select },
  { starts: ['insert into'], carryOut: commands.insertInto },
  { starts: ['merge'], carryOut: commands.mergeInto },
  { starts: ['insert', 'values'], carryOut: rewritten },
  { starts: ['update'], carryOut: commands.update },
  { starts: ['delete'], carryOut: commands.deleteFrom },
  // COPY is parsed and run by copy/.
  { starts: ['copy'], carryOut: ({ tokens }) => ({ copy: tokens }) },
  { starts: ['unload'], carryOut: unload },
  { starts: ['begin', 'start transaction'], carryOut: commands.begin },
  { starts: ['commit', 'end'], carryOut: commands.commit },
  { starts: ['rollback', 'abort'], carryOut: commands.rollback },
  { starts: ['create table'], carryOut: createTable },
  { starts: ['create temp table', 'create temporary table'], carryOut: createTable },
  { starts: ['create local temp table', 'create local temporary table'], carryOut: createTable },
  { starts: ['create view', 'create or replace view'], carryOut: createView },
  { starts: ['drop view'], carryOut: rewritten },
  { starts: ['create schema', 'alter schema'], carryOut: commands.schema },
  { starts: ['drop schema', 'drop table'], carryOut: rewritten },
  { starts: ['alter table'], carryOut: alterTable },
  { starts: ['truncate'], carryOut: commands.truncate },
  { starts: ['vacuum'], carryOut: commands.vacuum },
  { starts: ['analyze', 'analyse'], carryOut: commands.analyze },
  { starts: ['lock'], carryOut: commands.lock },
  { starts: ['cancel'], carryOut: commands.cancel },
  {
    starts: [
      'set session authorization',
      'set local session authorization',
      'set session_authorization',
    ],
    carryOut: grants.setSessionAuthorization,
  },
  {
    starts: ['reset session authorization', 'reset session_authorization'],
    carryOut: grants.resetSessionAuthorization,
  },
  { starts: ['set'], carryOut: setParameter },
  { starts: ['reset'], carryOut: reset },
  {
    starts: [
      'show databases',
      'show schemas',
      'show tables',
      'show columns',
      'show constraints',
      'show table',
      'show view',
      'show grants',
      'show column grants',
    ],
    carryOut: showCatalog,
  },
  { starts: ['show'], carryOut: show },
  { starts: ['declare', 'fetch', 'close'], carryOut: rewritten },
  { starts: ['prepare', 'execute', 'deallocate'], carryOut: rewritten },
  { starts: ['comment on database'], carryOut: commands.commentOnDatabase },
  { starts: ['explain', 'comment on'], carryOut: rewritten },
  { starts: ['create user'], carryOut: principals.createUser },
  { starts: ['alter user'], carryOut: principals.alterUser },
  { starts: ['create group'], carryOut: principals.createGroup },
  { starts: ['alter group'], carryOut: principals.alterGroup },
  { starts: ['create role'], carryOut: principals.createRole },
  { starts: ['alter role'], carryOut: principals.alterRole },
  { starts: ['drop user', 'drop group'], carryOut: principals.dropPrincipals },
  { starts: ['drop role'], carryOut: principals.dropRole },
  { starts: ['grant', 'revoke'], carryOut: grants.grant },
  { starts: ['alter default privileges'], carryOut: grants.alterDefaultPrivileges },
]

const kindOf = byFirstWords(kinds)

/** The first word that no kind of statement begins with. */
function firstUnknown(tokens: Token[]): Token {
  const starts = kinds.flatMap((kind) => kind.starts.map((start) => start.split(' ')))
  const known = starts.map((words) => words.findIndex((word, i) => !isWord(tokens[i], word)))
  return tokens[Math.min(Math.max(0, ...known), tokens.length - 1)]!
}
