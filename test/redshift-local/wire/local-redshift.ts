import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Client, type ClientConfig } from 'pg'
import { serialize } from 'pg-protocol'
import { objectStore } from '../../../object-store/index'
import { engineUser } from '../../../redshift-local/engine/data-folder'
import { type LocalRedshift, startLocalRedshift } from '../../../redshift-local/server'
import type { OpenObjectStore } from '../../../redshift-local/wire/context'
import { prepareWarehouse } from '../../prepared-warehouse'
import { RawClient } from './raw-client'

/** What COPY reads from: the buckets in `folder`, else S3. */
export function copySources(folder: string): OpenObjectStore {
  return (access) => objectStore({ folders: [folder], ...access })
}

/** A local Redshift for the tests of one file, its data in a folder of its own. */
export class Served {
  folder = ''
  server!: LocalRedshift
  readonly #clients: Client[] = []
  readonly #raw: RawClient[] = []

  get port(): number {
    return this.server.port
  }

  get buckets(): string {
    return join(this.folder, 's3')
  }

  /** Starts, or starts again with the same data. */
  async start(): Promise<void> {
    this.folder ||= mkdtempSync(join(tmpdir(), 'wire-'))
    await prepareWarehouse(this.folder)
    this.server = await startLocalRedshift(
      { folder: this.folder, port: 0 },
      copySources(this.buckets),
    )
  }

  async stop(): Promise<void> {
    await this.server.close()
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 20 })
  }

  async leaveAll(): Promise<void> {
    for (const client of this.#raw.splice(0)) client.socket.destroy()
    await Promise.all(this.#clients.splice(0).map((client) => client.end()))
  }

  /** A client that is gone after the test. */
  async client(config: ClientConfig = {}): Promise<Client> {
    const { host, port, user, database } = this.server
    return this.#connected({ host, port, user, database, ...config })
  }

  /** The engine itself, past the server. */
  async engine(): Promise<Client> {
    return this.#connected({ host: this.folder, port: 5432, user: engineUser, database: 'dev' })
  }

  /** A client that sends and reads messages, one by one; signed in unless it is told not to. */
  async raw(startup: Record<string, string> | null = { user: 'me' }): Promise<RawClient> {
    const client = await RawClient.connect(this.port)
    this.#raw.push(client)
    if (startup) await client.signIn(startup)
    return client
  }

  /** Sends a cancel request, and waits until the server is done with it. */
  async cancel({ pid, secret }: Pick<RawClient, 'pid' | 'secret'>): Promise<void> {
    const client = await this.raw(null)
    client.send(serialize.cancel(pid, secret))
    await client.lastReplies()
  }

  put(path: string, content: string | Buffer): void {
    const file = join(this.buckets, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }

  /** Waits until the engine answers `sql` with a row. */
  async until(sql: string): Promise<void> {
    const engine = await this.engine()
    while ((await engine.query(sql)).rowCount === 0);
  }

  /** Waits until the engine has no session of this number. */
  async untilGone(pid: number): Promise<void> {
    await this.until(`select 1 where not exists (select from pg_stat_activity where pid = ${pid})`)
  }

  async #connected(config: ClientConfig): Promise<Client> {
    const client = new Client(config)
    client.on('error', () => {})
    await client.connect()
    this.#clients.push(client)
    return client
  }
}

/** Serves a local Redshift while the tests of the suite run. */
export function served(): Served {
  const all = new Served()
  before(() => all.start())
  afterEach(() => all.leaveAll())
  after(() => all.stop())
  return all
}
