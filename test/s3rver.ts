import { type ChildProcess, spawn } from 'node:child_process'

/** A server of S3, which stores into a folder; its address, once it listens. It takes the keys S3RVER. */
export async function startS3rver(folder: string): Promise<{ server: ChildProcess; url: string }> {
  const script = `require(${JSON.stringify(require.resolve('@20minutes/s3rver/lib/cli'))}).parse()`
  // It signs some requests unlike the SDK.
  const words = ['-s', '-d', folder, '-a', '127.0.0.1', '-p', '0', '--allow-mismatched-signatures']
  // Where a page of a listing ends it notes in DES, which OpenSSL has among its legacy.
  const flags = ['--openssl-legacy-provider', '--no-deprecation']
  const server = spawn(process.execPath, [...flags, '-e', script, '--', ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return { server, url: await urlOf(server) }
}

async function urlOf(server: ChildProcess): Promise<string> {
  let told = ''
  for await (const chunk of server.stdout!.iterator({ destroyOnReturn: false })) {
    told += String(chunk)
    const port = /listening on \S+:(\d+)/.exec(told)?.[1]
    if (port) return `http://127.0.0.1:${port}`
  }
  throw new Error(`s3rver ended: ${told}`)
}
