import { catalogCall, done } from './catalog-calls'
import { refused } from './check'
import type { ParsedStatement } from './parse'
import { principalName } from './principals'
import { rewriteWritten, type Translation } from './rewrite'
import { Cursor, isWord, quoteLiteral, quoteName, type Token } from './tokens'

/** To whom: a user, a group, a role of Redshift's, or PUBLIC. */
interface Grantee {
  kind: 'user' | 'group' | 'role'
  name: string
}

/**
 * GRANT and REVOKE (docs r_GRANT, r_REVOKE): of rights on objects, as the engine has them; of roles, which are roles
 * of the engine as well; and of permissions to a role, which are kept.
 */
export function grant(statement: ParsedStatement): Partial<Translation> {
  const { tokens } = statement
  const isGrant = isWord(tokens[0], 'grant')
  const parts = partsOf(tokens, isGrant ? 'to' : 'from')
  const tag = isGrant ? 'GRANT' : 'REVOKE'
  if (parts.what.some((token) => isWord(token, 'on'))) {
    if (isOnLanguage(parts.what)) return done(tag)
    const main = rewriteWritten(onObjects(statement, parts), statement.session)
    return isGrant ? { main } : { main, after: [keepRights] }
  }
  const permissions = permissionsIn(parts.what.slice(1))
  if (permissions) {
    const roles = parts.grantees.map(({ kind, name }) => {
      if (kind !== 'role') throw refused('permissionToUser', permissions[0]!.toUpperCase())
      return catalogCall('set_permissions', name, permissions, isGrant)
    })
    return done(tag, ...roles)
  }
  return done(tag, ofRoles(parts, isGrant))
}

/** Docs r_superusers: superusers keep all privileges, whatever is revoked. */
const keepRights = catalogCall('keep_rights')

/** Docs r_ALTER_DEFAULT_PRIVILEGES: the engine's, with FOR USER as FOR ROLE and PROCEDURES as ROUTINES. */
export function alterDefaultPrivileges(statement: ParsedStatement): Partial<Translation> {
  const { tokens, text, session } = statement
  const cursor = new Cursor(tokens, 3)
  let owners = ''
  if (cursor.take('for', 'user')) {
    const names = cursor.listOf(() => principalName(cursor))
    owners = ` for role ${names.map(quoteName).join(', ')}`
  }
  const verb = tokens.findIndex((token) => isWord(token, 'grant') || isWord(token, 'revoke'))
  if (verb < 0) throw cursor.syntaxError()
  const scope = text.slice(cursor.start, tokens[verb]!.start)
  const action = { ...statement, tokens: tokens.slice(verb) }
  const parts = partsOf(action.tokens, isWord(tokens[verb], 'grant') ? 'to' : 'from')
  const granted = onObjects(action, parts).replace(/\bon\s+procedures\b/i, 'on routines')
  return {
    main: rewriteWritten(`alter default privileges${owners} ${scope} ${granted}`, session),
    tag: 'ALTER DEFAULT PRIVILEGES',
  }
}

/** A superuser becomes another user, or itself again (docs r_SET_SESSION_AUTHORIZATION). */
export function setSessionAuthorization({ tokens }: ParsedStatement): Partial<Translation> {
  const cursor = new Cursor(tokens, 1)
  const isLocal = cursor.take('local')
  if (!cursor.take('session_authorization')) cursor.expect('session', 'authorization')
  else if (!cursor.take('to')) cursor.expect('=')
  const isDefault = cursor.take('default')
  const user = isDefault ? '' : cursor.isAtString ? cursor.string() : principalName(cursor)
  cursor.expectEnd()
  if (isDefault) return { main: 'reset role', tag: 'SET' }
  const role = `redshift_catalog.session_role(${quoteLiteral(user)})`
  return done('SET', `select pg_catalog.set_config('role', ${role}, ${isLocal})`)
}

export function resetSessionAuthorization({ tokens }: ParsedStatement): Partial<Translation> {
  new Cursor(tokens, isWord(tokens[1], 'session') ? 3 : 2).expectEnd()
  return { main: 'reset role' }
}

interface Parts {
  /** What stands before TO or FROM. */
  what: Token[]
  grantees: Grantee[]
  /** What follows the grantees: WITH GRANT OPTION, CASCADE. */
  tail: Token[]
}

function partsOf(tokens: Token[], word: 'to' | 'from'): Parts {
  const at = tokens.findLastIndex((token) => isWord(token, word))
  if (at < 0) throw new Cursor(tokens, tokens.length).syntaxError()
  const cursor = new Cursor(tokens, at + 1)
  const grantees = cursor.listOf(() => granteeAt(cursor))
  return { what: tokens.slice(0, at), grantees, tail: cursor.rest() }
}

function granteeAt(cursor: Cursor): Grantee {
  const kind = cursor.takeOneOf('group', 'role') ?? 'user'
  cursor.take('user')
  return { kind, name: principalName(cursor) }
}

function nameOf({ kind, name }: Grantee): string {
  if (kind === 'user') return name === 'public' ? 'public' : quoteName(name)
  return quoteName(`${kind} ${name}`)
}

function onObjects({ text }: ParsedStatement, { what, grantees, tail }: Parts): string {
  const head = text.slice(what[0]!.start, what.at(-1)!.end)
  const word = isWord(what[0], 'grant') ? 'to' : 'from'
  const rest = tail.map((token) => token.text).join(' ')
  return `${head} ${word} ${grantees.map(nameOf).join(', ')} ${rest}`
}

/** No function can be made here, so that nothing depends on the right to a language. */
function isOnLanguage(what: Token[]): boolean {
  const at = what.findIndex((token) => isWord(token, 'on'))
  const name = what[at + 2]?.value ?? ''
  return (
    isWord(what[at + 1], 'language') && ['sql', 'plpgsql', 'plpythonu', 'exfunc'].includes(name)
  )
}

/** `ROLE a, ROLE b`, or `a, b`, with ADMIN OPTION FOR before or WITH ADMIN OPTION behind. */
function ofRoles({ what, grantees, tail }: Parts, isGrant: boolean): string {
  const cursor = new Cursor(what, 1)
  const optionOnly = cursor.take('admin', 'option', 'for') ? 'admin option for ' : ''
  const granted = cursor.listOf(() => {
    cursor.take('role')
    return `role ${principalName(cursor)}`
  })
  cursor.expectEnd()
  const end = new Cursor(tail)
  const option = end.take('with', 'admin', 'option') ? ' with admin option' : ''
  end.expectEnd()
  const group = grantees.find(({ kind }) => kind === 'group')
  if (group) throw refused('roleToGroup', group.name)
  const names = grantees.map(({ kind, name }) => (kind === 'role' ? `role ${name}` : name))
  return catalogCall('grant_role', granted, names, isGrant, optionOnly, option)
}

/** Docs r_roles-system-privileges. */
const permissions = new Set([
  ...'user,role,schema,table,library,datashare,model,external schema'
    .split(',')
    .flatMap((what) => [`create ${what}`, `drop ${what}`, `alter ${what}`]),
  'create or replace function',
  'create or replace external function',
  'create or replace procedure',
  'create or replace view',
  'drop function',
  'drop procedure',
  'drop view',
  'alter default privileges',
  'alter table append',
  'access catalog',
  'access system table',
  'truncate table',
  'vacuum',
  'analyze',
  'cancel',
  'ignore rls',
  'explain rls',
  'explain masking',
])

/** The permissions that are listed, where it is a list of them. */
function permissionsIn(tokens: Token[]): string[] | undefined {
  const listed: string[][] = [[]]
  for (const token of tokens) {
    if (isWord(token, ',')) listed.push([])
    else listed.at(-1)!.push(token.value)
  }
  const named = listed.map((words) => words.join(' '))
  return named.every((name) => permissions.has(name)) ? named : undefined
}
