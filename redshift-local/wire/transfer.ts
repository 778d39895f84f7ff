import type { Translation } from '../dialect/rewrite'
import { SqlError } from '../errors'
import type { SessionContext } from './context'
import { performCopy } from './copy'
import type { Dialogue } from './dialogue'
import { performUnload } from './unload'

type Transfer = Pick<Translation, 'copy' | 'unload'>

/** True for a COPY or UNLOAD: the server carries it out, and the engine gets an empty statement. */
export function isTransfer({ copy, unload }: Transfer): boolean {
  return copy !== undefined || unload !== undefined
}

/**
 * Carries out a COPY or UNLOAD in the client's own transaction.
 * @returns what the client is to get when the statement is complete
 */
export async function performTransfer(
  session: SessionContext,
  { copy, unload }: Transfer,
  dialogue: Dialogue,
): Promise<Buffer> {
  const underWay = new AbortController()
  const { signal } = underWay
  session.transferUnderWay = underWay
  try {
    if (unload) return await performUnload(session, unload, dialogue, signal)
    return await performCopy(session, copy ?? [], dialogue, signal)
  } catch (error) {
    if (!signal.aborted) throw error
    const { pid } = session.backend.key
    throw new SqlError('57014', `Query (${pid}) cancelled on user's request`)
  } finally {
    session.transferUnderWay = undefined
  }
}
