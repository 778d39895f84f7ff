import stringWidth from 'string-width'
import type { Config } from 'vega-lite'
import { type Figure, formatMoments, steps } from './figure'
import { visible } from './html'

/** The colours are the page's, which has them for light and for dark. */
export const colours = {
  ink: 'var(--ink)',
  soft: 'var(--soft)',
  rule: 'var(--rule)',
  accent: 'var(--series-1)',
}

/** The colour of a series, by its place among them. */
function seriesColour(place: number): string {
  return `var(--series-${place + 1})`
}

/** How all pictures look: quiet axes, the page's fonts, and nothing that a picture's label says already. */
export function theme({ fontSize }: Frame): Config {
  return {
    font: 'inherit',
    background: 'transparent',
    view: { stroke: null },
    axis: {
      domain: false,
      ticks: false,
      title: null,
      gridColor: colours.rule,
      labelColor: colours.soft,
      labelFontSize: fontSize,
      labelPadding: 6,
    },
    bar: { color: colours.accent },
    line: { strokeWidth: 2.25, strokeCap: 'round', strokeJoin: 'round' },
    text: { fontSize, color: colours.ink },
  }
}

const padding = { left: 46, right: 8, top: 10, bottom: 28 }
const ticks = 4

/** The size of a picture with an axis of values on its left, and where labels stand below it. */
export function plot({ width, height }: Frame) {
  const size = {
    width: width - padding.left - padding.right,
    height: height - padding.top - padding.bottom,
    padding,
  }
  return { size, below: size.height + 20 }
}

/** The points of a figure, by the numbers of their places and series. */
export function plotted({ points, series }: Figure, places: Places) {
  return points.map(({ by, per, value }) => ({
    place: places.of(by),
    series: series.indexOf(per),
    value,
  }))
}

/** How values are high, from zero: twice as high is twice as much. No half of what is counted. */
export function height({ points }: Figure) {
  const isCount = points.every(({ value }) => Number.isInteger(value))
  const largest = Math.max(...points.map(({ value }) => value))
  return {
    field: 'value',
    type: 'quantitative',
    scale: { zero: true, nice: ticks },
    axis: {
      format: largest < 100_000 ? ',~f' : '.3~s',
      tickCount: ticks,
      ...(isCount && { tickMinStep: 1 }),
    },
  }
}

/** The colours of the series, which the legend of the page has too. */
export function colour({ series }: Figure) {
  const domain = series.map((_, place) => place)
  return {
    field: 'series',
    type: 'ordinal',
    legend: null,
    scale: { domain, range: domain.map(seriesColour) },
  }
}

/** Where a picture is drawn: on a page, or on a phone. In pixels. */
export interface Frame {
  name: 'wide' | 'narrow'
  width: number
  /** Of pictures whose height does not follow from their rows. */
  height: number
  fontSize: number
}

export const frames: Frame[] = [
  { name: 'wide', width: 752, height: 260, fontSize: 13 },
  { name: 'narrow', width: 320, height: 220, fontSize: 12 },
]

/** The name of a column as people say it: listening hours for listening_hours. */
export function spoken(column: string): string {
  return column.replaceAll('_', ' ')
}

/** A label that fits so many columns of letters, and … where some of it does not. */
export function label(text: string, columns: number): string {
  const shown = visible(text.slice(0, 4 * columns)).replace(/\s+/g, ' ')
  if (stringWidth(shown) <= columns && shown.length >= text.length) return shown
  let fits = ''
  for (const character of shown) {
    if (stringWidth(fits + character) >= columns) break
    fits += character
  }
  return `${fits}…`
}

/** The places along a picture, from left to right. Points and labels know theirs by its number. */
interface Places {
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
