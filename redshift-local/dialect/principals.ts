import { SqlError } from '../errors'
import { catalogCall, done } from './catalog-calls'
import { settingOfUser } from './session-settings'
import type { ParsedStatement } from './parse'
import type { Translation } from './rewrite'
import { Cursor } from './tokens'

/*
 * CREATE, ALTER and DROP of users, groups and roles: each is a role of the engine, which functions of the catalog
 * make and change, as no client's session may.
 */

type Kind = 'user' | 'group' | 'role'

export function createUser({ tokens }: ParsedStatement): Partial<Translation> {
  const cursor = new Cursor(tokens, 2)
  const name = principalName(cursor)
  cursor.take('with')
  const options = readOptions(cursor)
  if (!('password' in options)) {
    throw new SqlError('42601', 'CREATE USER needs PASSWORD, or PASSWORD DISABLE')
  }
  return done('CREATE USER', catalogCall('create_principal', 'user', name, options))
}

export function alterUser({ tokens }: ParsedStatement): Partial<Translation> {
  const cursor = new Cursor(tokens, 2)
  const name = principalName(cursor)
  cursor.take('with')
  if (cursor.take('rename', 'to')) return rename('user', name, cursor)
  if (cursor.take('set')) return setFor(name, cursor)
  if (cursor.take('reset', 'session', 'timeout')) {
    cursor.expectEnd()
    return done(
      'ALTER USER',
      catalogCall('alter_principal', 'user', name, { sessionTimeout: null }),
    )
  }
  if (cursor.take('reset')) {
    const parameter = settingOfUser(cursor.name())
    cursor.expectEnd()
    return done('ALTER USER', catalogCall('set_for_user', name, parameter, null))
  }
  return done('ALTER USER', catalogCall('alter_principal', 'user', name, readOptions(cursor)))
}

function setFor(name: string, cursor: Cursor): Partial<Translation> {
  const parameter = settingOfUser(cursor.name())
  if (!cursor.take('to')) cursor.expect('=')
  const value = cursor
    .rest()
    .map((token) => token.value)
    .join('')
  if (value === '') throw cursor.syntaxError()
  const given = value === 'default' ? null : value
  return done('ALTER USER', catalogCall('set_for_user', name, parameter, given))
}

export function createGroup({ tokens }: ParsedStatement): Partial<Translation> {
  const cursor = new Cursor(tokens, 2)
  const name = principalName(cursor)
  const create = catalogCall('create_principal', 'group', name, {})
  const withUsers = cursor.take('with')
  if (!cursor.take('user')) {
    if (withUsers) throw cursor.syntaxError()
    cursor.expectEnd()
    return done('CREATE GROUP', create)
  }
  return done('CREATE GROUP', create, catalogCall('set_group', name, listToEnd(cursor), true))
}

export function alterGroup({ tokens }: ParsedStatement): Partial<Translation> {
  const cursor = new Cursor(tokens, 2)
  const name = principalName(cursor)
  if (cursor.take('rename', 'to')) return rename('group', name, cursor)
  const adds = cursor.take('add', 'user')
  if (!adds) cursor.expect('drop', 'user')
  return done('ALTER GROUP', catalogCall('set_group', name, listToEnd(cursor), adds))
}

export function createRole({ tokens }: ParsedStatement): Partial<Translation> {
  const cursor = new Cursor(tokens, 2)
  const name = principalName(cursor)
  const externalId = cursor.take('externalid') ? cursor.next().value : undefined
  cursor.expectEnd()
  return done('CREATE ROLE', catalogCall('create_principal', 'role', name, { externalId }))
}

export function alterRole({ tokens }: ParsedStatement): Partial<Translation> {
  const cursor = new Cursor(tokens, 2)
  const name = principalName(cursor)
  cursor.take('with')
  if (cursor.take('rename', 'to')) return rename('role', name, cursor)
  const option = cursor.take('owner', 'to') ? 'owner' : 'externalId'
  if (option === 'externalId') cursor.expect('externalid', 'to')
  const value = cursor.next().value
  cursor.expectEnd()
  return done('ALTER ROLE', catalogCall('alter_principal', 'role', name, { [option]: value }))
}

/** DROP of users and of a group: `DROP USER [IF EXISTS] name, …`. */
export function dropPrincipals({ tokens }: ParsedStatement): Partial<Translation> {
  const kind = tokens[1]!.value as Kind
  const cursor = new Cursor(tokens, 2)
  const ifExists = cursor.take('if', 'exists')
  const names = listToEnd(cursor)
  const drops = names.map((name) => catalogCall('drop_principal', kind, name, ifExists))
  return done(`DROP ${kind.toUpperCase()}`, ...drops)
}

export function dropRole({ tokens }: ParsedStatement): Partial<Translation> {
  const cursor = new Cursor(tokens, 2)
  const name = principalName(cursor)
  const isForced = cursor.takeOneOf('force', 'restrict') === 'force'
  cursor.expectEnd()
  return done('DROP ROLE', catalogCall('drop_principal', 'role', name, false, isForced))
}

function rename(kind: Kind, name: string, cursor: Cursor): Partial<Translation> {
  const to = principalName(cursor)
  cursor.expectEnd()
  return done(`ALTER ${kind.toUpperCase()}`, catalogCall('rename_principal', kind, name, to))
}

/** Docs r_CREATE_USER, r_ALTER_USER. What the engine has no place for is kept under the names used here. */
function readOptions(cursor: Cursor): Record<string, unknown> {
  const options: Record<string, unknown> = {}
  if (cursor.isAtEnd) throw cursor.syntaxError()
  while (!cursor.isAtEnd) {
    if (cursor.take('password')) {
      options['password'] = cursor.take('disable') ? null : checked(cursor.string())
    } else if (cursor.take('createdb')) options['createdb'] = true
    else if (cursor.take('nocreatedb')) options['createdb'] = false
    else if (cursor.take('createuser')) options['superuser'] = true
    else if (cursor.take('nocreateuser')) options['superuser'] = false
    else if (cursor.take('syslog', 'access')) {
      const access = cursor.takeOneOf('restricted', 'unrestricted')
      if (!access) throw cursor.syntaxError()
      options['syslogAccess'] = access
    } else if (cursor.take('in', 'group')) {
      options['groups'] = cursor.listOf(() => principalName(cursor))
    } else if (cursor.take('valid', 'until')) options['validUntil'] = cursor.string()
    else if (cursor.take('connection', 'limit')) {
      options['connectionLimit'] = cursor.take('unlimited') ? -1 : cursor.integer()
    } else if (cursor.take('session', 'timeout')) {
      options['sessionTimeout'] = sessionTimeout(cursor.integer())
    } else if (cursor.take('externalid')) options['externalId'] = cursor.next().value
    else throw cursor.syntaxError()
  }
  return options
}

/** Docs r_CREATE_USER: 60 seconds to 20 days. */
function sessionTimeout(seconds: number): number {
  if (seconds >= 60 && seconds <= 1_728_000) return seconds
  throw new SqlError('22023', 'SESSION TIMEOUT must be between 60 and 1728000 seconds')
}

/**
 * Docs r_CREATE_USER: 8 to 64 characters of ASCII 33 to 126, but these; a capital, a small letter and a digit. The
 * page has a password with `@`, which it says it takes not.
 */
function checked(password: string): string {
  if (/^md5[0-9a-f]{32}$/.test(password) || password.startsWith('sha256|')) return password
  const isGood =
    /^[!-~]{8,64}$/.test(password) &&
    !/['"\\/]/.test(password) &&
    [/[A-Z]/, /[a-z]/, /[0-9]/].every((kind) => kind.test(password))
  if (isGood) return password
  throw new SqlError(
    '22023',
    'The password must have 8 to 64 characters, one of them a capital letter, one a small letter and one a digit',
    { hint: `It takes no blanks, and none of ' " \\ /.` },
  )
}

/** The name of a user, group or role; one from an identity provider has its prefix: `myco_aad:bob`. */
export function principalName(cursor: Cursor): string {
  const name = cursor.name()
  return cursor.take(':') ? `${name}:${cursor.name()}` : name
}

function listToEnd(cursor: Cursor): string[] {
  const names = cursor.listOf(() => principalName(cursor))
  cursor.expectEnd()
  return names
}
