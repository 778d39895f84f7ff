import { connect } from 'node:net'
import { describe } from '../warehouse/errors'
import { type Patience, waitFor } from './wait'

/** How long one attempt to connect may take, in milliseconds. */
const attemptMs = 5000

/** The longest that an endpoint is waited for: it is made already, only its name is new. */
const limitMs = 300_000

/** Waits until the endpoint takes connections from here. */
export async function waitForAnswer(patience: Patience, host: string, port: number): Promise<void> {
  const awaited = {
    what: `The endpoint ${host}:${port}`,
    usual: 'a minute',
    otherwise:
      'Is --cidr still the address that you come from, and may this network reach that port? ' +
      '`up` again with another --cidr replaces the rule.',
  }
  const bounded = { ...patience, limitMs: Math.min(limitMs, patience.limitMs) }
  await waitFor(bounded, awaited, async () => {
    const refusal = await attempt(host, port, patience.signal)
    return refusal === undefined
      ? { state: 'answering', value: true }
      : { state: `silent (${refusal})` }
  })
}

/** @returns why no connection came about; undefined where one did */
function attempt(host: string, port: number, signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: attemptMs })
    const end = (refusal?: string) => {
      socket.destroy()
      signal.removeEventListener('abort', stop)
      resolve(refusal)
    }
    const stop = () => {
      socket.destroy()
      reject(signal.reason as Error)
    }
    signal.addEventListener('abort', stop)
    socket
      .on('connect', () => end())
      .on('timeout', () => end('no answer'))
      .on('error', (error) => end(describe(error)))
  })
}
