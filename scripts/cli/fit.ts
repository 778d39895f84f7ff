import stringWidth from 'string-width'

const between = 2 // blanks from one column to the next
const least = 8 // of a text, with its …

/**
 * The widths of columns in a table that is as wide as the terminal at most: the widest texts give way
 * first. Numbers do not, and a table of too many columns stays too wide.
 */
export function fit(wanted: number[], isNumeric: boolean[], width: number): number[] {
  const widths = [...wanted]
  let surplus = widths.reduce((sum, each) => sum + each + between, -between) - width
  while (surplus > 0) {
    const texts = widths.filter((each, i) => !isNumeric[i] && each > least)
    if (texts.length === 0) break
    const widest = Math.max(...texts)
    const next = Math.max(least, ...texts.filter((each) => each < widest))
    const at = widths.findIndex((each, i) => !isNumeric[i] && each === widest)
    const isAlone = texts.filter((each) => each === widest).length === 1
    const given = isAlone ? Math.min(surplus, widest - next) : 1
    widths[at]! -= given
    surplus -= given
  }
  return widths
}

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** A text that takes as many places of a terminal at most; where it is cut, it ends in …. */
export function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text
  let kept = ''
  let taken = 1 // the …
  for (const { segment } of characters.segment(text)) {
    taken += stringWidth(segment)
    if (taken > width) break
    kept += segment
  }
  return `${kept.trimEnd()}…`
}
