import { objectStore } from '../object-store/index'
import { openEngine } from '../redshift-local/engine/engine'
import { startLocalRedshift } from '../redshift-local/server'

// Run as `serve.ts FOLDER BUCKETS`: serves until its stdin ends, and so never outlives who started it.
async function serve([folder, buckets]: string[]): Promise<void> {
  const server = await startLocalRedshift({ folder: folder! }, (access) =>
    objectStore({ folders: [buckets!], ...access }),
  )
  const engine = await openEngine(folder!)
  const { host, port, user, database } = server
  console.log(JSON.stringify({ host, port, user, database, engine: engine.socketFolder }))
  process.stdin.resume().once('end', () => {
    engine.release()
    void server.close()
  })
}

void serve(process.argv.slice(2))
