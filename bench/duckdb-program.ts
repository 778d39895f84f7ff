import { createRequire } from 'node:module'
import { performance } from 'node:perf_hooks'
import type { DuckDbTurn, DuckDbWork } from './duckdb'

/** Of its interface, what is used here: it is not among the project's own dependencies. */
interface DuckDbApi {
  DuckDBInstance: {
    create(file: string, settings: Record<string, string>): Promise<Instance>
  }
}
interface Instance {
  connect(): Promise<Connection>
  closeSync(): void
}
interface Connection {
  run(sql: string): Promise<unknown>
  runAndReadAll(sql: string): Promise<{ getRowsJson(): unknown[][] }>
  closeSync(): void
}

// Run as `duckdb-program.ts WORK`: prints what it took, as JSON.
async function work({ file, settings = {}, statements, query }: DuckDbWork): Promise<DuckDbTurn> {
  const { DuckDBInstance } = createRequire(__filename)('@duckdb/node-api') as DuckDbApi
  const start = performance.now()
  const instance = await DuckDBInstance.create(file, settings)
  const connection = await instance.connect()
  const parts: Record<string, number> = {}
  for (const { name, sql } of statements) {
    const began = performance.now()
    await connection.run(sql)
    parts[name] = (parts[name] ?? 0) + (performance.now() - began) / 1000
  }
  const rows = query ? (await connection.runAndReadAll(query)).getRowsJson() : []
  if (statements.length > 0) await connection.run('checkpoint')
  connection.closeSync()
  instance.closeSync()
  const seconds = (performance.now() - start) / 1000
  return { seconds, parts, rows: rows.map((row) => row.map(String)) }
}

void work(JSON.parse(process.argv[2]!) as DuckDbWork).then((turn) =>
  console.log(JSON.stringify(turn)),
)
