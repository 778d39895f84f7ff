import { join } from 'node:path'
import { serve } from '../../../redshift-local/server'

/** What a server in a process of its own tells its parent. */
export interface Word {
  port: number
  /** The most memory that the process ever had, in bytes. */
  peak: number
}

// A server in a process of its own; any message of the parent asks for its word.
async function main(folder: string): Promise<void> {
  const { port } = await serve({ folder, buckets: join(folder, 's3') })
  const tell = () => process.send!({ port, peak: process.resourceUsage().maxRSS * 1024 })
  process.on('message', tell)
  process.on('disconnect', () => process.exit())
  tell()
}

void main(process.argv[2]!)
