import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dataFolderAt } from './engine/data-folder'
import type { Address } from './listen'
import { type LocalRedshift, type LocalRedshiftOptions, startLocalRedshift } from './server'
import type { OpenObjectStore } from './wire/context'

/** A server is for whoever has the same data and the same buckets. */
interface SharedOptions extends LocalRedshiftOptions {
  /** The folder whose subfolders are S3 buckets. */
  buckets: string
}

/** Starts a server that other processes find by `findSharedServer`, until it is closed. */
export async function startSharedServer(
  options: SharedOptions,
  openObjectStore: OpenObjectStore,
): Promise<LocalRedshift> {
  const { folder, buckets } = options
  const server = await startLocalRedshift(options, openObjectStore)
  const { socket, database, user } = server
  const entry: Entry = { ...socket, database, user, buckets }
  writeFileSync(registryOf(folder), JSON.stringify(entry), { mode: 0o600 })
  return {
    ...server,
    async close() {
      // By now it may be the entry of another server of this folder.
      if (readRegistry(folder)?.port === socket.port) rmSync(registryOf(folder), { force: true })
      await server.close()
    },
  }
}

/** How to reach the server of this data folder and these buckets that another process shares, if it answers. */
export async function findSharedServer({
  folder,
  buckets,
}: Pick<SharedOptions, 'folder' | 'buckets'>): Promise<SharedAddress | undefined> {
  const entry = readRegistry(folder)
  if (entry?.buckets !== buckets) return undefined
  // A folder may have been moved or copied, and the file been left by a former version.
  const { port, database, user } = entry
  const address = { host: dataFolderAt(folder).socketFolder, port, database, user }
  return (await answers(address)) ? address : undefined
}

interface SharedAddress extends Address {
  database: string
  user: string
}

/** How the shared server of a data folder is reached, as a file in that folder tells it. */
interface Entry extends SharedAddress {
  buckets: string
}

function registryOf(folder: string): string {
  return join(folder, 'served.json')
}

// Left behind by a server that was killed, it may be old, or cut in the middle.
function readRegistry(folder: string): Entry | undefined {
  try {
    return JSON.parse(readFileSync(registryOf(folder), 'utf8')) as Entry
  } catch {
    return undefined
  }
}

/** True where a server listens on the socket, and its engine answers. */
async function answers(address: SharedAddress): Promise<boolean> {
  const { Client } = await import('pg')
  const client = new Client({ ...address, connectionTimeoutMillis: 2000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}
