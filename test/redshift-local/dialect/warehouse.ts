import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, type DatabaseError, type QueryResult } from 'pg'
import { clientUser, installCatalog } from '../../../redshift-local/catalog/install'
import { asRedshiftSays } from '../../../redshift-local/dialect/server-errors'
import { loadParser, newSession } from '../../../redshift-local/dialect/parse'
import type { Translation } from '../../../redshift-local/dialect/rewrite'
import { translate } from '../../../redshift-local/dialect/translate'
import { engineUser } from '../../../redshift-local/engine/data-folder'
import { type Engine, openEngine } from '../../../redshift-local/engine/engine'
import { SqlError } from '../../../redshift-local/errors'
import { prepareWarehouse } from '../../prepared-warehouse'

const folder = mkdtempSync(join(tmpdir(), 'redshift-dialect-'))
let engine: Engine
let client: Client

const sessions: Client[] = []

/** For the tests of a file: a session with a new database, of an engine that is made once for all files. */
export function useDialect(): void {
  before(async () => {
    await prepareWarehouse(folder)
    engine = await openEngine(folder)
    await loadParser()
    const administrator = await connect('template1')
    await administrator.query('drop database if exists dev')
    await createDatabase('dev')
    await installCatalog(await connect('dev'))
    client = await connect('dev', clientUser)
  })

  after(async () => {
    await Promise.all(sessions.splice(0).map((session) => session.end()))
    engine.release()
  })
}

/** A session that ends with the file's tests. */
export async function connect(database: string, user = engineUser): Promise<Client> {
  const connected = new Client({ host: engine.socketFolder, user, database })
  sessions.push(connected)
  await connected.connect()
  return connected
}

export async function createDatabase(name: string): Promise<void> {
  const administrator = await connect('template1')
  await administrator.query(`create database ${name} template template0`)
}

/** Runs a text of Redshift's SQL as the server does; the result of its last statement. */
export async function run(
  sql: string,
  parameters?: unknown[],
  view = newSession,
): Promise<QueryResult> {
  let result: QueryResult | undefined
  for (const statement of translate(sql, view)) result = await runOne(statement, parameters)
  return result!
}

export async function rows(sql: string, parameters?: unknown[]): Promise<unknown[]> {
  return (await run(sql, parameters)).rows as unknown[]
}

/** The values of the only column. */
export async function values(sql: string): Promise<unknown[]> {
  const result = await run(sql)
  return (result.rows as Record<string, unknown>[]).map((row) => row[result.fields[0]!.name])
}

async function runOne(read: Translation, parameters?: unknown[]): Promise<QueryResult> {
  let statement = read
  while (statement.question) {
    const { query, answer } = statement.question
    const { fields } = await client.query(`select * from (${query}) as question limit 0`)
    const columns = fields.map(({ name, dataTypeID: type, dataTypeModifier: modifier }) => ({
      name,
      type,
      modifier,
    }))
    statement = answer(columns)
  }
  const more = statement.before.length + statement.after.length > 0
  const alone = more && !inTransaction()
  if (alone) await client.query('begin')
  try {
    for (const sql of statement.before) await client.query(sql)
    const result = await client.query(statement.main, parameters)
    for (const sql of statement.after) await client.query(sql)
    if (alone && inTransaction()) await client.query('commit')
    return result
  } catch (error) {
    if (alone) await client.query('rollback')
    throw error
  }
}

function inTransaction(): boolean {
  // Present in pg 8.23, absent from its types.
  return (client as unknown as { getTransactionStatus(): string }).getTransactionStatus() === 'T'
}

/** What a client is told where a text is refused. */
export async function refusal(sql: string): Promise<{ sqlstate: string; message: string }> {
  try {
    await run(sql)
  } catch (error) {
    if (error instanceof SqlError) return { sqlstate: error.sqlstate, message: error.message }
    const told = toldToClient(error as DatabaseError)
    return { sqlstate: told['C'] ?? '', message: told['M'] ?? '' }
  }
  throw new Error(`not refused: ${sql}`)
}

const letters: Record<string, keyof DatabaseError> = {
  S: 'severity',
  C: 'code',
  M: 'message',
  D: 'detail',
  H: 'hint',
  W: 'where',
  s: 'schema',
  t: 'table',
  c: 'column',
  n: 'constraint',
  R: 'routine',
}

/** An engine's error, through the words of Redshift. */
export function toldToClient(error: DatabaseError): Record<string, string> {
  const fields = Object.entries(letters).flatMap(([letter, key]) => {
    const value = error[key]
    return typeof value === 'string' ? [[letter, value] as const] : []
  })
  return asRedshiftSays(Object.fromEntries(fields))
}
