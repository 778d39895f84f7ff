import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { projectFolder } from '../../../lib/warehouse/settings'

const sheet = join(projectFolder, 'lib', 'report', 'styles', 'colours.css')
const styles = readFileSync(sheet, 'utf8')
const [light, dark] = [...styles.matchAll(/:root \{([^}]*)\}/g)].map(([, inside]) => {
  const colours = [...inside!.matchAll(/--([\w-]+): (#\w{6});/g)]
  return Object.fromEntries(colours.map(([, name, colour]) => [name!, colour!]))
})

/** The least contrast with paper that WCAG 2.2 AA asks for: of text (1.4.3), of graphics (1.4.11). */
const least: Record<string, number> = {
  ink: 4.5,
  soft: 4.5,
  link: 4.5,
  'series-1': 3,
  'series-2': 3,
  'series-3': 3,
  'series-4': 3,
  'series-5': 3,
  'series-6': 3,
}

describe('the colours of the report', () => {
  for (const [theme, colours] of Object.entries({ light, dark })) {
    it(`have enough contrast in ${theme}`, () => {
      for (const [name, ratio] of Object.entries(least)) {
        expect(contrast(colours![name]!, colours!.paper!), name).to.be.at.least(ratio)
      }
      expect(contrast(colours!.ink!, half(colours!['series-1']!, colours!.paper!))).to.be.at.least(
        4.5,
      )
    })
  }
})

/** A colour as a heatmap's fullest cell has it, over paper. */
function half(colour: string, paper: string): string {
  const [under, over] = [channels(paper), channels(colour)]
  const mixed = over.map((channel, i) => Math.round((channel + under[i]!) / 2))
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}

function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter! + 0.05) / (darker! + 0.05)
}

function luminance(colour: string): number {
  const [red, green, blue] = channels(colour)
    .map((channel) => channel / 255)
    .map((share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}

function channels(colour: string): number[] {
  return colour.match(/[\da-f]{2}/g)!.map((hex) => parseInt(hex, 16))
}
