/**
 * Starts work on the next few items while the first is in use, and gives the results in order.
 * @param ahead how many are under way at most
 */
export async function* readAhead<Item, Result>(
  items: AsyncIterable<Item>,
  ahead: number,
  start: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const started: Promise<Result>[] = []
  const iterator = items[Symbol.asyncIterator]()
  try {
    for (let ended = false; ;) {
      while (!ended && started.length < ahead) {
        const next = await iterator.next()
        if (next.done) ended = true
        else started.push(begin(start, next.value))
      }
      const first = started.shift()
      if (!first) return
      yield await first
    }
  } finally {
    await iterator.return?.()
    await Promise.allSettled(started)
  }
}

// A failure is told when its turn comes, and is no unhandled rejection until then.
function begin<Item, Result>(start: (item: Item) => Promise<Result>, item: Item): Promise<Result> {
  const result = start(item)
  result.catch(() => undefined)
  return result
}
