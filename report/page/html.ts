import { visible } from './visible'

/** Markup that is meant as markup. Only `html` and `trusted` make it. */
export class Html {
  constructor(readonly markup: string) {}
}

type Part = Html | string | number | false | undefined | readonly Part[]

/** Markup with values in it: each is escaped, save Html; nothing is written for false and undefined. */
export function html(markup: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(
    markup.map((text, i) => text + (i < parts.length ? write(parts[i]) : '')).join(''),
  )
}

/** Markup that another program wrote, and has escaped: Vega's SVG. */
export function trusted(markup: string): Html {
  return new Html(markup)
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function write(part: Part): string {
  if (part instanceof Html) return part.markup
  if (part === undefined || part === false) return ''
  if (typeof part === 'object') return part.map(write).join('')
  return visible(String(part)).replace(/[&<>"']/g, (character) => entities[character]!)
}
