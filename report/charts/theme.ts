import type { Config } from 'vega-lite'
import type { Frame } from './frame'

/** The colours are the page's, which has them for light and for dark. */
export const colours = {
  ink: 'var(--ink)',
  soft: 'var(--soft)',
  rule: 'var(--rule)',
  accent: 'var(--series-1)',
}

/** The colour of a series, by its place among them. */
export function seriesColour(place: number): string {
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
