import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { dataFolderAt, engineUser } from '../../redshift-local/engine/data-folder'
import { databaseName } from '../../redshift-local/dialect/names'
import { models } from '../../models/index'
import type { Child } from './child'

/** A point of a load where a process can be made to wait, by a trigger of the engine's. */
export interface Stop {
  name: string
  /** What follows `create`, up to the function. */
  trigger: string
  /** The wait is for this to be said on stderr, and the trigger only keeps the load from going on. */
  when?: RegExp
  /** The server has its COMMIT already: it carries it out, whoever asked for it being dead. */
  commits?: true
}

const before = (event: string, what = 'statement') =>
  `trigger stop before ${event} for each ${what}`

const commit =
  'constraint trigger stop after insert on loads deferrable initially deferred for each row'

/** Every step of a load, in its order. @param ts of an event in the middle of a file */
export function stopsOf(ts: number): Stop[] {
  return [
    { name: 'before the COPY of events', trigger: before('insert on staging_events') },
    {
      name: 'in the COPY of events',
      trigger: `${before('insert on staging_events', 'row')} when (new.ts = ${ts})`,
    },
    { name: 'after the COPY of events', trigger: before('insert on load_files') },
    { name: 'before the COPY of songs', trigger: before('insert on staging_songs') },
    ...models.map(({ name }) => ({
      name: `in the model ${name}`,
      trigger: before(`insert on ${name}`),
    })),
    { name: 'in the audits', trigger: before('insert on loads'), when: /^time: /m },
    { name: 'after the audits', trigger: before('insert on loads') },
    { name: 'before the commit', trigger: commit },
    { name: 'in the commit', trigger: commit, commits: true },
  ]
}

/** Every step of a load that takes a changed song file in the place of its former rows. */
export const stopsOfReload: Stop[] = [
  { name: 'with the former rows kept', trigger: before('delete on staging_songs') },
  { name: 'with the former rows gone', trigger: before('insert on load_files_replaced') },
  { name: 'before the COPY of the changed file', trigger: before('insert on load_files') },
  { name: 'before its commit', trigger: commit },
  { name: 'in its commit', trigger: commit, commits: true },
]

const commitOfUndo =
  'constraint trigger stop after update on loads deferrable initially deferred for each row'

/** Every step of its undo. */
export const stopsOfUndo: Stop[] = [
  { name: 'before anything is back', trigger: before('delete on staging_songs') },
  { name: 'with the former rows back', trigger: before('delete on load_files') },
  { name: 'with the former files back', trigger: before('delete on load_files_replaced') },
  { name: 'in the model songs', trigger: before('insert on songs') },
  { name: 'before its commit', trigger: commitOfUndo },
  { name: 'in its commit', trigger: commitOfUndo, commits: true },
]

const commitOfPrune =
  'constraint trigger stop after delete on loads deferrable initially deferred for each row'

/** Every step of a pruning of the ledger. */
export const stopsOfPrune: Stop[] = [
  { name: 'before its details go', trigger: before('delete on loads') },
  { name: 'with its manifests gone', trigger: commitOfPrune },
  { name: 'while it commits', trigger: commitOfPrune, commits: true },
]

const lock = 4711

/**
 * The engine behind the local Redshift, spoken to directly: its triggers make a load wait at a certain
 * point, without anything in the product that knows of it.
 */
export class Engine {
  readonly #client: Client

  private constructor(client: Client) {
    this.#client = client
  }

  /** Connects to the engine whose data lies in `folder`, and which runs. */
  static async open(folder: string): Promise<Engine> {
    const host = dataFolderAt(folder).socketFolder
    const client = new Client({ host, port: 5432, user: engineUser, database: databaseName })
    await client.connect()
    await client.query(`
      create or replace function stop() returns trigger language plpgsql security definer as
      $$ begin perform pg_advisory_xact_lock_shared(${lock}); return new; end $$`)
    return new Engine(client)
  }

  async close(): Promise<void> {
    await this.#client.query('drop function if exists stop() cascade')
    await this.#client.end()
  }

  /** Makes loads wait at a point, until `work` is done or lets them go on. */
  async stoppingAt(stop: Stop, work: (goOn: () => Promise<void>) => Promise<void>): Promise<void> {
    await this.#client.query(`create ${stop.trigger} execute function stop()`)
    await this.#client.query(`select pg_advisory_lock(${lock})`)
    try {
      await work(() => this.#goOn())
    } finally {
      await this.#client.query('select pg_advisory_unlock_all()')
      const table = / on (\w+)/.exec(stop.trigger)![1]!
      await this.#client.query(`drop trigger stop on ${table}`)
    }
  }

  /** Waits until a load has come to the point. */
  stopped(child: Child): Promise<void> {
    return this.#untilWaiting(child, "locktype = 'advisory'")
  }

  /** Waits until a load waits for another to end. */
  queued(child: Child): Promise<void> {
    return this.#untilWaiting(child, "relation = 'load_lock'::regclass")
  }

  /** Ends the sessions that wait at the point: their clients are dead. */
  async endSessions(): Promise<void> {
    await this.#client.query(
      `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and not granted`,
    )
  }

  async #goOn(): Promise<void> {
    await this.#client.query('select pg_advisory_unlock_all()')
  }

  async #untilWaiting(child: Child, forWhat: string): Promise<void> {
    const waiting = `select 1 from pg_locks where not granted and ${forWhat}`
    while ((await this.#client.query(waiting)).rowCount === 0) {
      if (!child.isRunning) throw new Error(`The load did not wait: ${child.stderr}`)
      await sleep(10)
    }
  }
}
