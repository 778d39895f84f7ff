import { inspect } from 'node:util'

/** What stands in the place of a secret. */
const redacted = '[redacted]'

// Redshift's passwords have eight characters at least, and AWS's keys and tokens many more. A shorter
// value opens nothing, and to replace it would mangle what is said: "dev", "test".
const shortest = 8

/**
 * What no output is to hold, longest first, in UTF-8 as Latin-1: as the bytes go through the streams. In
 * lower case, which is how a server shows a name that it does not know.
 */
let forms: string[] = []
let pattern: RegExp | undefined

const signed = '(?:x-amz-(?:signature|credential|security-token)|signature)'

/** Secrets that are told by their place: in signed requests and URLs, in URLs, in bytes that Node traces. */
const places = [
  new RegExp(`(\\b${signed}["']?(?:[=:,]|%3D)[\\s"'[]*)[^\\s"'&,;\\]]+`, 'gi'),
  /(\/\/[^\s/:@]+:)[^\s/@]+(?=@)/g,
  /(<Buffer )[\da-f]{2}[\da-f ]*/g,
]
const placeName = 'x-amz-'
const openPlace = new RegExp(`\\b(?:x-amz-|${signed})[^\\s&,;]*$`, 'i')

/** Keeps a value out of all that is redacted from now on, in each form that it may be printed in. */
export function keepSecret(value: string | undefined): void {
  if (value === undefined || value.length < shortest) return
  const known = new Set(forms)
  const added = formsOf(value).filter((form) => form.length >= shortest && !known.has(form))
  if (added.length === 0) return
  forms = [...known, ...added].sort((a, b) => b.length - a.length)
  pattern = new RegExp(forms.map(escaped).join('|'), 'gi')
}

/** Keeps the secrets of the environment: what is called a password, a secret or a token. */
export function keepSecretsOf(variables: NodeJS.ProcessEnv): void {
  for (const [name, value] of Object.entries(variables)) {
    if (/PASSWORD|SECRET|TOKEN/i.test(name) && !/_(ARN|FILE|DIR)$/i.test(name)) keepSecret(value)
  }
}

/** A text without secrets. */
export function redact(text: string): string {
  return fromBytes(withoutPlaces(withoutSecrets(toBytes(text))))
}

/** Redacts a text that comes in pieces: a secret may lie across them. */
export class Redactor {
  #held = ''

  /** What can be said of the bytes so far; the beginning of what may be a secret is held back. */
  next(bytes: Buffer): Buffer {
    const text = withoutSecrets(this.#held + bytes.toString('latin1'))
    const open = text.length - openLength(text)
    this.#held = text.slice(open)
    return Buffer.from(withoutPlaces(text.slice(0, open)), 'latin1')
  }

  get isHolding(): boolean {
    return this.#held !== ''
  }

  /** What was held back, where nothing comes after it. */
  rest(): Buffer {
    const text = withoutPlaces(this.#held)
    this.#held = ''
    return Buffer.from(text, 'latin1')
  }
}

/** A secret as it is, and as JSON, an inspected object, a URL and XML show it; and line by line. */
function formsOf(value: string): string[] {
  const xml = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const shown = [
    value,
    JSON.stringify(value).slice(1, -1),
    inspect(value).slice(1, -1),
    encodeURIComponent(value),
    xml,
    ...value.split('\n'),
  ]
  return [...new Set(shown.map((form) => toBytes(form).toLowerCase()))]
}

function withoutSecrets(text: string): string {
  return pattern ? text.replace(pattern, redacted) : text
}

function withoutPlaces(text: string): string {
  return places.reduce((result, place) => result.replace(place, `$1${redacted}`), text)
}

/** How long the end of the text is that may be the beginning of a secret. */
function openLength(text: string): number {
  let length = openPlace.exec(text.slice(startOfRun(text)))?.[0].length ?? 0
  const known = [...forms, placeName]
  const end = text.slice(-Math.max(...known.map((form) => form.length))).toLowerCase()
  for (const form of known) {
    const most = Math.min(form.length - 1, end.length)
    for (let k = most; k > length; k--) if (end.endsWith(form.slice(0, k))) length = k
  }
  return length
}

// Where the last characters begin that one place may hold: the text may have megabytes.
function startOfRun(text: string): number {
  let at = text.length
  while (at > 0 && !/[\s&,;]/.test(text[at - 1]!)) at--
  return at
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}

function toBytes(text: string): string {
  return Buffer.from(text).toString('latin1')
}

function fromBytes(text: string): string {
  return Buffer.from(text, 'latin1').toString()
}

type Write = (bytes: Uint8Array, done?: (error?: Error | null) => void) => boolean

// What may be the beginning of a secret waits this long for what comes after it, in milliseconds.
const heldFor = 100

const flushes: (() => void)[] = []

/**
 * Redacts whatever this process writes to stdout and stderr from now on, whoever writes it: also
 * what Knex, the AWS SDK and Node trace with DEBUG and NODE_DEBUG.
 */
export function guardOutput(): void {
  if (flushes.length > 0) return
  flushes.push(guard(process.stdout), guard(process.stderr))
  process.on('exit', flushGuarded)
}

/** Writes what is held back of the output of this process: nothing comes behind it. */
export function flushGuarded(): void {
  for (const flush of flushes) flush()
}

/** Redacts what is written to a stream from now on. @returns what writes the end that is held back */
export function guard(stream: NodeJS.WritableStream): () => void {
  const write = stream.write.bind(stream) as Write
  const redactor = new Redactor()
  let timer: NodeJS.Timeout | undefined
  const flush = () => {
    if (redactor.isHolding) write(redactor.rest())
  }
  const guarded = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    const encoding = rest.find((value) => typeof value === 'string') as BufferEncoding | undefined
    const done = rest.find((value) => typeof value === 'function') as Parameters<Write>[1]
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : Buffer.from(chunk)
    clearTimeout(timer)
    const isFree = write(redactor.next(bytes), done)
    if (redactor.isHolding) timer = setTimeout(flush, heldFor).unref()
    return isFree
  }
  stream.write = guarded
  return flush
}
