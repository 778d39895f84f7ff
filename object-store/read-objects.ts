import { setImmediate } from 'node:timers/promises'
import { readChunks } from './index'
import type { FoundObject, ObjectStore, StoredObject } from './store'

/** Some of the bytes of an object: all of them, where it is small. */
export interface Piece<Item> {
  item: Item
  /** The reader's to keep. */
  bytes: Buffer
  /** No more follow; these may be none. */
  last: boolean
}

interface ReadOptions<Item> {
  signal?: AbortSignal | undefined
  /** May throw, where the object is not the one that is wanted; undefined where there is none. */
  check?: ((object: FoundObject | undefined, item: Item) => void) | undefined
  /** Whether that is told etags. */
  etags?: boolean
}

// Larger objects are streamed when their turn comes; smaller ones are fetched ahead as a whole.
const smallBytes = 1024 * 1024

// Of objects that cannot be read at once, so many are under way, and about so many bytes.
const most = { objects: 48, bytes: 16 * smallBytes }

// What is taken for an object's where no listing tells it.
const usualBytes = smallBytes / 4

/**
 * Reads objects in the order of their list, a batch at a time: many small ones, or a chunk of a large one.
 * The next ones, and the next page of the list, are under way meanwhile. One that does not exist is left
 * out, unless `check` throws. What is under way has ended when this ends.
 */
export async function* readObjects<Item extends StoredObject>(
  store: ObjectStore,
  pages: AsyncIterable<Item[]> | Iterable<Item[]>,
  { signal, check, etags = false }: ReadOptions<Item> = {},
): AsyncGenerator<Piece<Item>[]> {
  const fetch = (item: Item) => fetchObject(store, item, { signal, check })
  const underWay: { object: ReturnType<typeof fetch>; bytes: number }[] = []
  let bytes = 0
  const first = () => {
    const { object, bytes: its } = underWay.shift()!
    bytes -= its
    return object
  }
  try {
    for await (const page of oneAhead(pages)) {
      for (let at = 0; at < page.length;) {
        signal?.throwIfAborted()
        const found = store.readAtOnce(page, at, { etags })
        if (found.length === 0) {
          const item = page[at++]!
          const object = fetch(item)
          // A failure is told when its turn comes, and is no unhandled rejection until then.
          object.catch(() => undefined)
          const its = isSmall(item) ? (item.size ?? usualBytes) : 0
          underWay.push({ object, bytes: its })
          bytes += its
          while (underWay.length === most.objects || bytes >= most.bytes) yield* await first()
          continue
        }
        while (underWay.length > 0) yield* await first()
        const batch: Piece<Item>[] = []
        for (const object of found) {
          const item = page[at++]!
          check?.(object, item)
          if (object) batch.push({ item, bytes: object.bytes, last: true })
        }
        if (batch.length > 0) yield batch
        await setImmediate()
      }
    }
    while (underWay.length > 0) yield* await first()
  } finally {
    await Promise.allSettled(underWay.map(({ object }) => object))
  }
}

function isSmall({ size = 0 }: { size?: number }): boolean {
  return size <= smallBytes
}

type Batches<Item> = AsyncIterable<Piece<Item>[]> | Iterable<Piece<Item>[]>

async function fetchObject<Item extends StoredObject>(
  store: ObjectStore,
  item: Item,
  { signal, check }: ReadOptions<Item>,
): Promise<Batches<Item>> {
  let isThere = true
  let isLarge = !isSmall(item)
  const options = {
    signal,
    check: (object: FoundObject | undefined) => {
      check?.(object, item)
      isThere = object !== undefined
      isLarge ||= object !== undefined && !isSmall(object)
    },
  }
  const chunks: Buffer[] = []
  if (!isLarge)
    for await (const chunk of readChunks(store, item.url, options)) {
      if (isLarge) break
      chunks.push(chunk)
    }
  if (!isThere) return []
  if (isLarge) return inPieces(item, readChunks(store, item.url, options))
  return [[{ item, bytes: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks), last: true }]]
}

/** An object of these bytes, a piece at a time. */
export async function* inPieces<Item>(
  item: Item,
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<Piece<Item>[]> {
  for await (const bytes of chunks) yield [{ item, bytes, last: false }]
  yield [{ item, bytes: Buffer.alloc(0), last: true }]
}

/** Asks for the next of them while one is read. */
async function* oneAhead<Page>(
  pages: AsyncIterable<Page> | Iterable<Page>,
): AsyncGenerator<Page, void> {
  const iterator = (async function* () {
    yield* pages
  })()
  const ask = () => {
    const asked = iterator.next()
    asked.catch(() => undefined)
    return asked
  }
  try {
    for (let asked = ask(); ;) {
      const { done, value } = await asked
      if (done) return
      asked = ask()
      yield value
    }
  } finally {
    await iterator.return()
  }
}

/** An object, and its bytes. */
interface ReadObject<Item> {
  item: Item
  chunks: AsyncIterable<Buffer>
}

/** What was read, object by object. What is left unread of one is skipped when the next is asked for. */
export async function* byObject<Item>(
  batches: AsyncIterable<Piece<Item>[]>,
): AsyncGenerator<ReadObject<Item>> {
  const pieces = (async function* () {
    for await (const batch of batches) yield* batch
  })()
  let piece: Piece<Item>
  const chunks = async function* () {
    for (; ; piece = (await pieces.next()).value!) {
      yield piece.bytes
      if (piece.last) return
    }
  }
  try {
    for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
      piece = next.value
      yield { item: piece.item, chunks: chunks() }
      while (!piece.last) piece = (await pieces.next()).value!
    }
  } finally {
    await pieces.return()
  }
}
