import type { Span } from './tokens'

interface Edit extends Span {
  text: string | (() => string)
}

/**
 * Changes to a text, made by place and read by `render`. A change that lies within another is seen only
 * when the outer one renders the part that it lies in, so changes nest.
 */
export class Edits {
  private readonly list: Edit[] = []
  private sorted = true

  constructor(readonly original: string) {}

  get isEmpty(): boolean {
    return this.list.length === 0
  }

  replace({ start, end }: Span, text: string | (() => string)): void {
    this.list.push({ start, end, text })
    this.sorted = false
  }

  insert(at: number, text: string): void {
    this.replace({ start: at, end: at }, text)
  }

  render(start = 0, end = this.original.length): string {
    this.sort()
    let done = start
    let result = ''
    for (let i = this.firstFrom(start); i < this.list.length; i++) {
      const edit = this.list[i]!
      if (edit.start > end || (edit.start === end && end > start && edit.end > end)) break
      if (edit.start < done || edit.end > end) continue
      result += this.original.slice(done, edit.start)
      result += typeof edit.text === 'string' ? edit.text : edit.text()
      done = edit.end
    }
    return result + this.original.slice(done, end)
  }

  /** Where a place of the text rendered from `start` on stands in the original; of an edit, its beginning. */
  placeOf(rendered: number, start: number): number {
    this.sort()
    let done = start
    let left = rendered
    for (let i = this.firstFrom(start); i < this.list.length; i++) {
      const edit = this.list[i]!
      if (edit.start < done) continue
      if (left < edit.start - done) break
      left -= edit.start - done
      const { length } = typeof edit.text === 'string' ? edit.text : edit.text()
      if (left < length) return edit.start
      left -= length
      done = edit.end
    }
    return done + left
  }

  private sort(): void {
    if (!this.sorted) this.list.sort((a, b) => a.start - b.start || b.end - a.end)
    this.sorted = true
  }

  private firstFrom(start: number): number {
    let low = 0
    for (let high = this.list.length; low < high;) {
      const middle = (low + high) >> 1
      if (this.list[middle]!.start < start) low = middle + 1
      else high = middle
    }
    return low
  }
}
