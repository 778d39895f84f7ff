import type { Pool } from 'pg'
import type { ObjectStoreOptions } from '../../object-store/index'
import type { ObjectStore } from '../../object-store/store'
import type { SessionView } from '../dialect/parse'
import type { Backend } from './backend'
import type { FrameSocket } from './frames'
import type { StatementLog } from '../catalog/statement-log'
import type { Ran } from './logged'

/** Opens the object store that a COPY reads from, with the region and the keys that it names. */
export type OpenObjectStore = (access: Pick<ObjectStoreOptions, 'region' | 'keys'>) => ObjectStore

/** What one client's session is to those who answer its messages. */
export interface SessionContext {
  client: FrameSocket
  backend: Backend
  /** For the system tables, outside of any client's transaction. */
  log: Pool
  openObjectStore: OpenObjectStore
  /** What all sessions of the server ran, and this one. */
  statements: StatementLog
  ran: Ran
  /** What pg_last_copy_id() and pg_last_copy_count() answer: the session's latest COPY. */
  lastCopy: SessionView
  /** Cancels the COPY under way; the engine cannot, while it waits for data. */
  copyUnderWay: AbortController | undefined
}
