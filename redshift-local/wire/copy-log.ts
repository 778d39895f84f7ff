import type { PoolClient } from 'pg'
import { type LoadRecord, nextQueryId, noteRunningLoad, recordLoad } from '../catalog/load-log'
import type { CopyOutcome, CopyProgress } from '../copy/run'
import type { Services } from './server'

type Facts = Pick<
  LoadRecord,
  'sessionId' | 'database' | 'tableId' | 'table' | 'dataSource' | 'fileFormat'
>

// A COPY tells how far it is this often, in milliseconds.
const interval = 250

/** What the system tables are told of one COPY, on a connection of their own. */
export class CopyLog {
  readonly #startTime = new Date()
  #lastNote = Date.now()
  #noting: Promise<void> = Promise.resolve()

  private constructor(
    private readonly services: Services,
    /** The number of the query. */
    readonly query: number,
    private readonly facts: Facts,
  ) {}

  static async begin(services: Services, facts: Facts): Promise<CopyLog> {
    return new CopyLog(services, await logged(services, nextQueryId), facts)
  }

  /** Notes how far the COPY is, if the last note is old enough; a note that fails is missed by nobody. */
  note({ files, rows, bytes }: CopyProgress): void {
    if (Date.now() - this.#lastNote < interval) return
    this.#lastNote = Date.now()
    const load = { ...this.#load, rows, bytes, filesScanned: files }
    this.#noting = this.#noting
      .then(() => logged(this.services, (log) => noteRunningLoad(log, load)))
      .catch(() => {})
  }

  /** @param outcome undefined where the COPY ended for a reason that is no row's fault */
  async end(outcome: CopyOutcome | undefined): Promise<void> {
    await this.#noting
    const { failed = true, rows = 0, bytes = 0, files = [], errors = [] } = outcome ?? {}
    const status = failed ? 'aborted' : 'completed'
    const record = {
      ...this.#load,
      status,
      endTime: new Date(),
      rows,
      bytes,
      files,
      errors,
    } as const
    await logged(this.services, (log) => recordLoad(log, record))
  }

  get #load() {
    return { ...this.facts, query: this.query, startTime: this.#startTime }
  }
}

// Never held while a COPY waits for a lock: the one that it waits for may have to log, too.
async function logged<Result>(
  { log }: Services,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await log.connect()
  const broken = () => {} // the query under way rejects as well
  client.on('error', broken)
  try {
    return await work(client)
  } finally {
    client.off('error', broken)
    client.release()
  }
}
