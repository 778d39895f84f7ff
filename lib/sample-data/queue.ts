/** A binary heap: what comes first by `before` is taken first. */
export class Queue<T> {
  private readonly heap: T[] = []

  constructor(private readonly before: (one: T, other: T) => boolean) {}

  get first(): T | undefined {
    return this.heap[0]
  }

  add(item: T): void {
    let at = this.heap.length
    this.heap.push(item)
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!this.before(item, this.heap[parent]!)) break
      this.heap[at] = this.heap[parent]!
      at = parent
    }
    this.heap[at] = item
  }

  /** Takes the first out. */
  take(): void {
    const last = this.heap.pop()
    if (last !== undefined && this.heap.length > 0) this.settle(last)
  }

  /** Puts the first where it belongs after it has changed. */
  changed(): void {
    if (this.first !== undefined) this.settle(this.first)
  }

  private settle(item: T): void {
    let at = 0
    for (;;) {
      const child = this.earlierChild(at)
      if (child >= this.heap.length || !this.before(this.heap[child]!, item)) break
      this.heap[at] = this.heap[child]!
      at = child
    }
    this.heap[at] = item
  }

  private earlierChild(at: number): number {
    const left = 2 * at + 1
    const right = left + 1
    if (right >= this.heap.length) return left
    return this.before(this.heap[right]!, this.heap[left]!) ? right : left
  }
}
