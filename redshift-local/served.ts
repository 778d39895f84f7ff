import { readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { type LocalRedshift, type LocalRedshiftOptions, startLocalRedshift } from './wire/server'

/** Where a server of a data folder can be reached, as it leaves word of it there. */
interface Announcement {
  host: string
  port: number
  database: string
  user: string
  buckets: string
}

/** Starts a server and leaves word of it in the data folder, for `findServed`, until it is closed. */
export async function serve(options: LocalRedshiftOptions): Promise<LocalRedshift> {
  const server = await startLocalRedshift(options)
  const { host, port, database, user } = server
  const word: Announcement = { host, port, database, user, buckets: options.buckets }
  writeFileSync(announcementIn(options.folder), JSON.stringify(word))
  return {
    ...server,
    async close() {
      // By now it may be the word of another server of this folder.
      if (readAnnouncement(options.folder)?.port === server.port) {
        rmSync(announcementIn(options.folder), { force: true })
      }
      await server.close()
    },
  }
}

/** The server of this data folder and these buckets that another process serves, if it answers. */
export async function findServed(
  options: Pick<LocalRedshiftOptions, 'folder' | 'buckets'>,
): Promise<LocalRedshift | undefined> {
  const word = readAnnouncement(options.folder)
  if (word?.buckets !== options.buckets) return undefined
  return (await serves(word, options.folder)) ? { ...word, close: async () => {} } : undefined
}

function announcementIn(folder: string): string {
  return join(folder, 'served.json')
}

// Left behind by a server that was killed, it may be old, or cut in the middle.
function readAnnouncement(folder: string): Announcement | undefined {
  try {
    return JSON.parse(readFileSync(announcementIn(folder), 'utf8')) as Announcement
  } catch {
    return undefined
  }
}

/** Whoever listens there is asked whose data it serves: the port may be another server's by now. */
async function serves(
  { host, port, database, user }: Announcement,
  folder: string,
): Promise<boolean> {
  const client = new Client({ host, port, database, user, connectionTimeoutMillis: 2000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>(
      "select current_setting('data_directory') as data_directory",
    )
    return rows[0]?.data_directory === realpathSync(join(folder, 'postgres'))
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}
