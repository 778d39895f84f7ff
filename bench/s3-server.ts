import { readFileSync, readdirSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

const pageSize = 1000

// Run as `s3-server.ts FOLDER KEYS`: serves the first files of a folder, so many, as the objects of each bucket, until
// its stdin ends. Lists and gives them as S3 does, for who asks by path, and checks no signature.
function serve([folder, most]: string[]): void {
  const keys = readdirSync(folder!, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .sort()
    .slice(0, Number(most))

  const known = new Set(keys)

  const page = (prefix: string, token: string | null): string => {
    const from = Number(token ?? 0)
    const found = keys.filter((key) => key.startsWith(prefix))
    const contents = found.slice(from, from + pageSize).map((key) => {
      const { size, mtimeMs } = statSync(join(folder!, key))
      return `<Contents><Key>${key}</Key><Size>${size}</Size><ETag>&quot;${mtimeMs}&quot;</ETag></Contents>`
    })
    const next = from + pageSize
    const more = next < found.length
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<ListBucketResult><IsTruncated>${more}</IsTruncated><KeyCount>${contents.length}</KeyCount>`,
      more ? `<NextContinuationToken>${next}</NextContinuationToken>` : '',
      ...contents,
      '</ListBucketResult>',
    ].join('')
  }

  const server = createServer(({ url }, response) => {
    const { pathname, searchParams } = new URL(url!, 'http://bucket')
    const [, , ...steps] = pathname.split('/').map(decodeURIComponent)
    const key = steps.join('/')
    if (key === '') {
      response.setHeader('content-type', 'application/xml')
      return response.end(
        page(searchParams.get('prefix') ?? '', searchParams.get('continuation-token')),
      )
    }
    if (!known.has(key)) return response.writeHead(404).end()
    const body = readFileSync(join(folder!, key))
    response.setHeader('content-length', body.length)
    response.end(body)
  })
  server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
  process.stdin.resume().once('end', () => {
    server.close()
    server.closeAllConnections()
  })
}

serve(process.argv.slice(2))
