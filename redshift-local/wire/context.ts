import type { Pool } from 'pg'
import type { ObjectStoreOptions } from '../../object-store/index'
import type { ObjectStore } from '../../object-store/store'
import type { SessionView } from '../dialect/parse'
import type { Backend } from './backend'
import type { FrameSocket } from './frames'
import type { StatementLog } from '../catalog/statement-log'
import type { ClientStatement } from './client-statement'

/** Opens the object store that a COPY reads from and an UNLOAD writes to, with the region and the keys that it names. */
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
  /** What the session remembers, of its latest COPY and UNLOAD. */
  view: SessionView
  /** Cancels the COPY or UNLOAD under way: of a COPY the engine waits for data. */
  transferUnderWay: AbortController | undefined
}

/** What a session remembers of the statements that it ran. */
export interface Ran {
  /** The transaction under way; undefined where the next statement begins one. */
  xid?: number | undefined
  /** SET query_group: the label of queries. */
  label: string
  /** As whom the session signed in. */
  user: string
  entry?: ReturnType<SessionContext['statements']['begin']>
  /** The statement of a portal that has more rows. */
  suspended?: ClientStatement | undefined
}
