import { compactFiles } from '../../../lib/load/compact'
import { objectStore } from '../../../object-store/index'
import type { ObjectBody } from '../../../object-store/store'
import { listFiles, partsFolder } from './compact-buckets'

// Compacts the bucket `data` of a folder, and then says how much memory it took at most.
// argv: folder, part size in bytes, the step to be killed at (0: none)

const [folder = '', partBytes = '', killedAt = ''] = process.argv.slice(2)

let steps = 0
const step = () => {
  if (++steps === Number(killedAt)) process.kill(process.pid, 'SIGKILL')
}

async function* stepping(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of body) {
    yield chunk
    step()
  }
}

async function main() {
  const store = objectStore({ folders: [folder] })
  const put = async (url: string, body: ObjectBody) => {
    step()
    await store.put(url, typeof body === 'string' ? body : stepping(body))
    step()
  }
  const files = await listFiles(store)
  const before = process.memoryUsage().rss
  const size = { partBytes: Number(partBytes), slices: 1 }
  const { parts } = await compactFiles({ ...store, put }, partsFolder, files, size)
  const taken = process.resourceUsage().maxRSS * 1024 - before
  console.log(JSON.stringify({ parts: parts.length, steps, taken }))
}

void main()
