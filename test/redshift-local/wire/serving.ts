import { join } from 'node:path'
import { startSharedServer } from '../../../redshift-local/shared-server'
import { copySources } from './local-redshift'

/** What a server in a process of its own tells its parent. */
export interface ServerState {
  port: number
  /** The most memory that the process ever had, in bytes. */
  peak: number
}

// A server in a process of its own; any message of the parent asks for its state.
async function main(folder: string): Promise<void> {
  const buckets = join(folder, 's3')
  const { port } = await startSharedServer({ folder, buckets, port: 0 }, copySources(buckets))
  const tell = () => process.send!({ port, peak: process.resourceUsage().maxRSS * 1024 })
  process.on('message', tell)
  process.on('disconnect', () => process.exit())
  tell()
}

void main(process.argv[2]!)
