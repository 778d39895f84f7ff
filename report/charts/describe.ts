import { formatNumber } from '../format'
import type { Figure, Point } from './figure'
import { label, spoken } from './names'
import { formatMoments } from './steps'

/** What a figure shows, in words and numbers. */
export interface Description {
  /** What is drawn, by what: plays by hour. */
  subject: string
  /** The largest of it: the sentence under a picture. */
  finding: string
  /** What someone hears who does not see it. */
  whole: string
}

const words: Record<Figure['kind'], string> = {
  bars: 'Bars',
  columns: 'Columns',
  lines: 'Line',
  stacks: 'Stacked columns',
  heatmap: 'Heatmap',
}

/** Says what a figure with points shows. */
export function describe(figure: Figure): Description {
  const { kind, measure, by, per, points, series } = figure
  const subject = `${spoken(measure)} by ${spoken(by)}${per ? ` and ${spoken(per)}` : ''}`
  const ordered = [...points].sort((a, b) => b.value - a.value)
  const most = ordered[0]!
  const least = ordered.at(-1)!
  const finding = `Most: ${say(figure, most)}.`
  const whole = [
    `${words[kind]} of ${subject}, ${points.length} in all.`,
    finding,
    ...(points.length > 1 ? [`Least: ${say(figure, least)}.`] : []),
    ...(kind === 'heatmap' ? [] : perSeries(figure, series)),
  ].join(' ')
  return { subject, finding, whole }
}

function perSeries({ points }: Figure, series: string[]): string[] {
  if (series.length < 2) return []
  return series.map((name) => {
    const values = points.filter(({ per }) => per === name).map(({ value }) => value)
    const from = `from ${formatNumber(Math.min(...values))} to ${formatNumber(Math.max(...values))}`
    return `${label(name, 40)}: ${from}.`
  })
}

function say(figure: Figure, { by, per, value }: Point): string {
  const units = spoken(figure.measure)
  const text = label(String(by), 40)
  // 16 alone could be anything: hour 16.
  const named = /^-?[\d.]+$/.test(text) ? `${spoken(figure.by)} ${text}` : text
  const where = figure.isTime ? formatMoments([Number(by)])[0]! : named
  const which = per === '' ? where : `${where}, ${label(per, 40)}`
  return `${which}, with ${formatNumber(value)} ${value === 1 ? units.replace(/s$/, '') : units}`
}
