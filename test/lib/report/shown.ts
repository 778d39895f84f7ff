/** A picture as the browser shows it. */
export interface Picture {
  name: string
  marks: number
  /** The size of its smallest text, in pixels. */
  size: number
  /** Texts that reach beyond it, even where it is scrolled, or that lie on another one. */
  faults: string[]
  /** Whether all of it is in view. */
  fits: boolean
}

/** Looks at the pictures that are shown, in the page. */
export const pictures = `[...document.querySelectorAll('.picture, .lineage')].map((picture) => {
  const frame = picture.closest('.picture, .scroll')
  const { left, top } = frame.getBoundingClientRect()
  const edge = { right: left + frame.scrollWidth, bottom: top + frame.scrollHeight }
  const texts = []
  const walker = document.createTreeWalker(picture, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const { currentNode: node } = walker
    const parent = node.parentElement
    if (node.data.trim() === '' || parent.closest('style') || !parent.checkVisibility()) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    // A box of the lineage ends what is too long with an ellipsis.
    const { left, right, top, bottom } = (parent.closest('.box') ?? range).getBoundingClientRect()
    texts.push({ text: node.data.trim(), left, right, top, bottom, size: parseFloat(getComputedStyle(parent).fontSize) })
  }
  const beyond = texts.filter((each) =>
    each.left < left - 1 || each.top < top - 1 || each.right > edge.right + 1 || each.bottom > edge.bottom + 1)
  const over = texts.flatMap((one, i) => texts.slice(i + 1).filter((other) =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 3).map((other) => one.text + ' on ' + other.text))
  return {
    name: picture.getAttribute('aria-label'),
    marks: [...picture.querySelectorAll('.role-mark path, .role-mark line, .bar, .cell, .box')].filter((mark) => {
      const { width, height } = mark.getBoundingClientRect()
      return width + height > 1
    }).length,
    size: Math.min(...texts.map(({ size }) => size)),
    faults: [...beyond.map(({ text }) => text + ' is beyond'), ...over],
    fits: frame.scrollWidth <= frame.clientWidth,
  }
})`
