import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net'
import { join } from 'node:path'
import { TLSSocket } from 'node:tls'

/** A certificate of its own signing, and its key, as files. */
export interface Certificate {
  file: string
  keyFile: string
}

/** Makes a certificate for `localhost`; undefined where there is no openssl. */
export function makeCertificate(folder: string): Certificate | undefined {
  const file = join(folder, 'certificate.pem')
  const keyFile = join(folder, 'key.pem')
  const words =
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost ' +
    '-addext subjectAltName=DNS:localhost'
  try {
    execFileSync('openssl', [...words.split(' '), '-keyout', keyFile, '-out', file], {
      stdio: 'ignore',
    })
    return { file, keyFile }
  } catch {
    return undefined
  }
}

/**
 * Serves a PostgreSQL server that knows no TLS to clients that want it, as a cluster does: what they say
 * after their SSLRequest is decrypted and passed on to `port`.
 */
export async function serveWithTls(certificate: Certificate, port: number): Promise<Server> {
  const cert = readFileSync(certificate.file)
  const key = readFileSync(certificate.keyFile)
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.once('data', () => {
      socket.write('S')
      const plain = new TLSSocket(socket, { isServer: true, cert, key })
      joined(plain, connect(port, '127.0.0.1'))
    })
  })
  server.listen(0, 'localhost')
  await once(server, 'listening')
  return server
}

/** Where a server listens. */
export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

function joined(one: Socket, other: Socket): void {
  one.on('error', () => other.destroy()).pipe(other)
  other.on('error', () => one.destroy()).pipe(one)
}
