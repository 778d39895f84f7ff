/* eslint-disable no-control-regex */

/** Markup that is meant as markup, and the style rules that it needs. Only the functions of this file make it. */
export class Html {
  constructor(
    readonly markup: string,
    readonly rules: ReadonlySet<string> = new Set(),
  ) {}
}

type Part = Html | string | number | false | undefined | readonly Part[]

/** Markup with values in it: each is escaped, save Html; nothing is written for false and undefined. */
export function html(markup: TemplateStringsArray, ...parts: Part[]): Html {
  const rules = new Set<string>()
  const written = markup.map((text, i) => text + (i < parts.length ? write(parts[i], rules) : ''))
  return new Html(written.join(''), rules)
}

/** Markup that another program wrote, and has escaped: Vega's SVG. */
export function trusted(markup: string): Html {
  return new Html(markup)
}

/** A style rule that the page is to have, and no markup. */
export function rule(text: string): Html {
  return new Html('', new Set([text]))
}

/**
 * The classes of an element that has declarations of its own, in place of a style attribute: that would
 * need a policy which lets through whatever style comes in.
 */
export function styled(declarations: Record<string, string | number>): Html {
  const classes = Object.entries(declarations).map(([property, value]) => {
    const name = `${property.replace(/^--/, '')}-${value}`
    const safe = name.replaceAll('.', '_').replace(/[^\w-]/g, '-')
    return { safe, text: `.${safe}{${property}:${value}}` }
  })
  return new Html(
    classes.map(({ safe }) => safe).join(' '),
    new Set(classes.map(({ text }) => text)),
  )
}

function write(part: Part, rules: Set<string>): string {
  if (part instanceof Html) {
    for (const each of part.rules) rules.add(each)
    return part.markup
  }
  if (part === undefined || part === false) return ''
  if (typeof part === 'object') return part.map((each) => write(each, rules)).join('')
  return visible(String(part)).replace(/[&<>"']/g, (character) => entities[character]!)
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/**
 * Text without what would act on its surroundings or not be seen: control characters are shown as their
 * pictures (␀ to ␡), those that turn the direction of writing, and what is no character, as �.
 */
export function visible(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b-\u001f]/g, (control) => picture(control.charCodeAt(0)))
    .replace(/\u007f/g, '\u2421')
    .replace(/[\u0080-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff\p{Surrogate}]/gu, '\ufffd')
}

function picture(code: number): string {
  return String.fromCharCode(0x2400 + code)
}

/** The first characters of a text, and … where there are more. */
export function cut(text: string, most: number): string {
  // A character takes two places at most: a text of megabytes is not taken apart.
  const characters = [...text.slice(0, 2 * (most + 1))]
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`
}

/** Texts of which each is to be told from the others: cut in the middle where their beginnings are alike. */
export function shortened(texts: string[], most: number): string[] {
  const begun = texts.map((text) => cut(text, most))
  if (new Set(begun).size === new Set(texts).size) return begun
  return texts.map((text) => cutInside(text, most))
}

/** The beginning and the end of a text, with … between them where it is longer. */
function cutInside(text: string, most: number): string {
  if (cut(text, most) === text) return text
  const end = Math.floor(most / 3)
  const last = [...text.slice(-2 * end)].slice(-end).join('').trimStart()
  return `${cut(text, most - end)
    .slice(0, -1)
    .trimEnd()}…${last}`
}

/** Where the page tells of a table or a question: an id that is also a class and needs no quotes. */
export function anchorOf(kind: 'files' | 'table' | 'question' | 'column', name: string): string {
  const safe = name.replace(/[^\w-]/gu, (character) => `.${character.codePointAt(0)!.toString(16)}`)
  return `${kind}-${safe.replaceAll('.', '--')}`
}

/** Bytes that the page has for something: it stays small, whatever the data. */
export class Room {
  constructor(private left: number) {}

  /** What is left. */
  get rest(): number {
    return this.left
  }

  /** Whether the markup has room; what has takes it. */
  takes(markup: string): boolean {
    const size = Buffer.byteLength(markup)
    if (size > this.left) return false
    this.left -= size
    return true
  }
}
