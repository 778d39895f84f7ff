import { objectStore } from '../object-store/index'
import { startLocalRedshift } from '../redshift-local/server'

// Run as `serve.ts FOLDER BUCKETS`: serves until its stdin ends, and so never outlives who started it.
async function serve([folder, buckets]: string[]): Promise<void> {
  const server = await startLocalRedshift({ folder: folder! }, (access) =>
    objectStore({ folders: [buckets!], ...access }),
  )
  const { host, port, user, database } = server
  console.log(JSON.stringify({ host, port, user, database }))
  process.stdin.resume().once('end', () => void server.close())
}

void serve(process.argv.slice(2))
