import { readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { dataFolderAt } from './engine/data-folder'
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
  const { host, port, database, user } = server
  const entry: Entry = { host, port, database, user, buckets }
  writeFileSync(registryOf(folder), JSON.stringify(entry))
  return {
    ...server,
    async close() {
      // By now it may be the entry of another server of this folder.
      if (readRegistry(folder)?.port === port) rmSync(registryOf(folder), { force: true })
      await server.close()
    },
  }
}

/** The server of this data folder and these buckets that another process shares, if it answers. */
export async function findSharedServer({
  folder,
  buckets,
}: Pick<SharedOptions, 'folder' | 'buckets'>): Promise<LocalRedshift | undefined> {
  const entry = readRegistry(folder)
  if (entry?.buckets !== buckets || !(await serves(entry, folder))) return undefined
  return { ...entry, close: async () => {} }
}

/** How the shared server of a data folder is reached, as a file in that folder tells it. */
interface Entry extends Omit<LocalRedshift, 'close'> {
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

/** Whoever listens there is asked whose data it serves: the port may be another server's by now. */
async function serves({ host, port, database, user }: Entry, folder: string): Promise<boolean> {
  const client = new Client({ host, port, database, user, connectionTimeoutMillis: 2000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>(
      "select current_setting('data_directory') as data_directory",
    )
    return rows[0]?.data_directory === realpathSync(dataFolderAt(folder).cluster)
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}
