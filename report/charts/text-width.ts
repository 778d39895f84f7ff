import stringWidth from 'string-width'

/** How wide letters are in a page's fonts, in parts of the font's size; of others, by columns, 0.58 each. */
const widths: [letters: RegExp, width: number][] = [
  [/[MWmw@%]/g, 0.92],
  [/[A-Z&]/g, 0.7],
  [/[fijlrtI.,:;'!| -]/g, 0.36],
]

/** The room that a text takes, in pixels, rather too much than too little: no font is at hand here. */
export function textWidth(text: string, fontSize: number): number {
  let rest = text
  let parts = 0
  for (const [letters, width] of widths) {
    parts += width * (rest.match(letters)?.length ?? 0)
    rest = rest.replace(letters, '')
  }
  return (parts + 0.58 * stringWidth(rest)) * fontSize
}
