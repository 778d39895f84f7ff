import { Redactor } from './redaction'

type Write = (bytes: Uint8Array, done?: (error?: Error | null) => void) => boolean

// What may be the beginning of a secret waits this long for what comes after it, in milliseconds.
const patience = 100

let isGuarded = false

/**
 * Redacts whatever this process writes to stdout and stderr from now on, whoever writes it: also
 * what Knex, the AWS SDK and Node trace with DEBUG and NODE_DEBUG.
 */
export function guardOutput(): void {
  if (isGuarded) return
  isGuarded = true
  guard(process.stdout)
  guard(process.stderr)
}

function guard(stream: NodeJS.WriteStream): void {
  const write = stream.write.bind(stream) as Write
  const redactor = new Redactor()
  let timer: NodeJS.Timeout | undefined
  const flush = () => {
    if (redactor.isHolding) write(redactor.rest())
  }
  process.on('exit', flush)
  const guarded = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    const encoding = rest.find((value) => typeof value === 'string') as BufferEncoding | undefined
    const done = rest.find((value) => typeof value === 'function') as Parameters<Write>[1]
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : Buffer.from(chunk)
    clearTimeout(timer)
    const isFree = write(redactor.next(bytes), done)
    if (redactor.isHolding) timer = setTimeout(flush, patience).unref()
    return isFree
  }
  stream.write = guarded
}
