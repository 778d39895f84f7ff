import type { Socket } from 'node:net'
import type { SessionKey } from './wire/backend'
import { ClientSession, type Door, type Services } from './wire/session'

/** All clients that are connected, and when each is done with. */
export class Sessions {
  readonly #sessions = new Map<ClientSession, Promise<void>>()

  constructor(private readonly services: Omit<Services, 'cancel'>) {}

  serve(socket: Socket, door?: Door): void {
    const services = { ...this.services, cancel: (key: SessionKey) => this.#cancel(key) }
    const session = new ClientSession(socket, services, door)
    const ended = session.run().finally(() => this.#sessions.delete(session))
    this.#sessions.set(session, ended)
  }

  async end(): Promise<void> {
    for (const session of this.#sessions.keys()) session.dismiss()
    await Promise.all(this.#sessions.values())
  }

  async #cancel(key: SessionKey): Promise<void> {
    for (const session of this.#sessions.keys()) if (session.has(key)) await session.cancel()
  }
}
