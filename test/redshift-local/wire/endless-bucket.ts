import { once } from 'node:events'
import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream'

const rows = '{"song": "a", "n": 1} '.repeat(10_000)

const listing = (key: string) => `<?xml version="1.0"?>
  <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><KeyCount>1</KeyCount>
  <IsTruncated>false</IsTruncated><Contents><Key>${key}</Key><Size>1000000000000</Size></Contents>
  </ListBucketResult>`

/** An S3 with two objects that never end: `endless` has ever more rows, `silent` some, and then waits. */
export async function endlessBucket(): Promise<Server> {
  const server = createServer(({ url }, response) => {
    const { pathname, searchParams } = new URL(url!, 'http://s3')
    if (searchParams.has('list-type')) response.end(listing(searchParams.get('prefix')!))
    else if (pathname.endsWith('/endless')) pipeline(forever, response, () => {})
    else response.write(rows)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  process.env.AWS_ENDPOINT_URL_S3 = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  server.once('close', () => delete process.env.AWS_ENDPOINT_URL_S3)
  return server
}

function* forever(): Generator<string> {
  for (;;) yield rows
}
