import type { Figure } from './figure'
import type { Frame } from './frame'
import { label } from './names'
import { formatMoments, steps } from './steps'
import { colours } from './theme'

/** The places along a picture, from left to right. Points and labels know theirs by its number. */
export interface Places {
  numbers: number[]
  of: (by: string | number) => number
  texts: string[]
}

/** The places of a figure: all steps of a period, or the labels as the answer orders them. */
export function placesOf({ points, isTime }: Figure): Places {
  const bys = isTime ? steps(points.map(({ by }) => Number(by))) : points.map(({ by }) => by)
  const order = new Map([...new Set(bys)].map((by, i) => [by, i]))
  const all = [...order.keys()]
  const texts = isTime ? formatMoments(all.map(Number)) : all.map(String)
  return { numbers: [...order.values()], of: (by) => order.get(by)!, texts }
}

/** The layer that writes labels under (or over) their places, as many as there is room for. */
export function labelLayer(
  texts: string[],
  { width, fontSize }: Pick<Frame, 'width' | 'fontSize'>,
  y: number,
) {
  const letters = width / texts.length / (0.58 * fontSize)
  return {
    data: { values: fitted(texts, letters) },
    mark: { type: 'text', baseline: 'alphabetic', color: colours.soft },
    encoding: { y: { value: y }, text: { field: 'label' } },
  }
}

/** All labels, or the beginnings of words (Mon for Monday), or every second, third … of them. */
function fitted(texts: string[], letters: number): { place: number; label: string }[] {
  const longest = Math.max(...texts.map((text) => Math.min(text.length, 24)))
  const beginnings = texts.map((text) => text.slice(0, 3))
  const areWords = letters >= 4 && texts.every((text) => /^[A-Za-z]+$/.test(text))
  if (longest + 1 > letters && areWords && new Set(beginnings).size === texts.length)
    return beginnings.map((text, place) => ({ place, label: text }))
  const each = Math.max(1, Math.ceil((longest + 1) / letters))
  return texts.flatMap((text, place) =>
    place % each === 0 ? [{ place, label: label(text, 24) }] : [],
  )
}
