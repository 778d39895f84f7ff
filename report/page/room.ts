/** Bytes that the page has for something: it stays small, whatever the data. */
export class Room {
  constructor(private left: number) {}

  /** Whether the markup has room; what has takes it. */
  takes(markup: string): boolean {
    const size = Buffer.byteLength(markup)
    if (size > this.left) return false
    this.left -= size
    return true
  }
}
