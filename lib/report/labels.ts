import type { Axis } from './axis'
import { cut, type Html, html, shortened, styled } from './html'

/** About as many letters as stand beside each other, on the narrowest page and on the narrowest phone. */
const lettersAbreast = { wide: 78, narrow: 31 }
/** More of a label is not shown. */
export const lettersShown = 24
/** As many letters as a label takes that stands upright. */
const upright = 3

/** The labels of columns, each in the middle of as many columns as it stands for. */
export function labelRow(axis: Axis, taken = 0): Html {
  const [wide, narrow] = (['wide', 'narrow'] as const).map((width) =>
    chosen(axis, lettersAbreast[width] - taken).map(({ text, first, count, isUpright }) => {
      const kind = isUpright ? `${width} upright` : width
      const place = styled({ 'grid-column': `${first + 2}/span ${count}` })
      return html`<bdi class="label ${kind} ${place}">${text}</bdi> `
    }),
  )
  return html`${wide}${narrow}`
}

interface Label {
  text: string
  first: number
  count: number
  isUpright?: boolean
}

/**
 * All labels, or the beginnings of words (Mon for Monday), or all of them upright, or the middle one of
 * every three, five … The last is for what has an order, in which a reader finds the others.
 */
function chosen({ labels, isOrdered }: Axis, letters: number): Label[] {
  const longest = Math.max(...labels.map((text) => Math.min(text.length, lettersShown)))
  const beginnings = labels.map((text) => text.slice(0, 3))
  const areWords = longest > 3 && labels.every((text) => /^[A-Za-z]+$/.test(text))
  const crowd = (labels.length * (longest + 1)) / letters
  if (crowd > 1 && areWords && new Set(beginnings).size === labels.length)
    return everyOne(beginnings)
  if (crowd > 1 && !isOrdered && labels.length * upright <= letters)
    return everyOne(shortened(labels, lettersShown)).map((each) => ({ ...each, isUpright: true }))
  const half = Math.min(Math.ceil((crowd - 1) / 2), Math.floor((labels.length - 1) / 2))
  const count = 2 * Math.max(half, 0) + 1
  const texts = count === 1 ? shortened(labels, lettersShown) : labels
  return Array.from({ length: Math.floor(labels.length / count) }, (_, i) => ({
    text: cut(texts[i * count + (count - 1) / 2]!, lettersShown),
    first: i * count,
    count,
  }))
}

function everyOne(texts: string[]): Label[] {
  return texts.map((text, first) => ({ text, first, count: 1 }))
}
