import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type AddressInfo, type Socket, connect, createServer } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { Certificate } from '../../aws-stub/tls-proxy'

/**
 * The local Redshift as a cluster has it: over TLS, and after a password, of which it takes any and
 * notes it. Without a certificate it refuses TLS, as a server does that has none.
 */
export class GuardedCluster {
  readonly passwords: string[] = []
  #server = createServer((socket) => void this.#serve(socket).catch(() => socket.destroy()))

  constructor(
    private readonly warehousePort: number,
    private readonly certificate?: Certificate,
  ) {}

  async open(): Promise<void> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening')
  }

  close(): void {
    this.#server.close()
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  async #serve(socket: Socket): Promise<void> {
    socket.on('error', () => socket.destroy())
    await once(socket, 'data') // SSLRequest
    socket.write(this.certificate ? 'S' : 'N')
    if (!this.certificate) return
    const client = new TLSSocket(socket, {
      isServer: true,
      cert: readFileSync(this.certificate.file),
      key: readFileSync(this.certificate.keyFile),
    })
    client.on('error', () => client.destroy())
    const [startup] = (await once(client, 'data')) as [Buffer]
    client.write(Buffer.from('R\0\0\0\x08\0\0\0\x03', 'latin1')) // AuthenticationCleartextPassword
    const [password] = (await once(client, 'data')) as [Buffer]
    this.passwords.push(password.subarray(5, -1).toString())
    const warehouse = connect(this.warehousePort, '127.0.0.1')
    warehouse.on('error', () => client.destroy()).write(startup)
    client.on('close', () => warehouse.destroy())
    client.pipe(warehouse).pipe(client)
  }
}
