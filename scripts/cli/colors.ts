import { styleText } from 'node:util'

/** What a text means, with the color by which a terminal shows it. */
const colors = {
  heading: 'bold',
  faint: 'dim',
  error: 'red',
  warning: 'yellow',
  good: 'green',
  added: 'green',
  removed: 'red',
  changed: 'yellow',
} as const

export type Meaning = keyof typeof colors

/** Shows a text as what it means; without a meaning as it stands. */
export type Paint = (meaning: Meaning | undefined, text: string) => string

/** Where a text is shown: how wide its lines may be, and how its meaning is seen. */
export interface Look {
  width: number
  paint: Paint
}

/** A file, or a pipe. */
export const plain: Look = { width: Infinity, paint: (_, text) => text }

const painted: Paint = (meaning, text) =>
  meaning === undefined || text === ''
    ? text
    : styleText(colors[meaning], text, { validateStream: false })

/**
 * How a stream shows a meaning: a terminal in colors, save a dumb one or where NO_COLOR is set; FORCE_COLOR
 * asks for them wherever the text goes.
 */
export function paintOf({ isTTY }: { isTTY?: boolean }): Paint {
  const { FORCE_COLOR, NO_COLOR, TERM } = process.env
  if (FORCE_COLOR) return ['0', 'false'].includes(FORCE_COLOR) ? plain.paint : painted
  return isTTY && !NO_COLOR && TERM !== 'dumb' ? painted : plain.paint
}

/** What the words for states mean, whatever it is that has the state. */
const states: [of: RegExp, Meaning][] = [
  [/^(different|error)$|FAILED|ROLLBACK/, 'error'],
  [/^(unchecked|warn|quarantined)$|_IN_PROGRESS$/, 'warning'],
  [/^(equal|fresh|available)$|_COMPLETE$/, 'good'],
  [/^(undone|reloaded|off)$/, 'faint'],
]

/** What a word for a state means, if it is more than usual. */
export function meaningOf(state: string): Meaning | undefined {
  return states.find(([of]) => of.test(state))?.[1]
}

/** A count that means something where it is not nothing. */
export function unlessZero(meaning: Meaning): (count: string) => Meaning | undefined {
  return (count) => (/[1-9]/.test(count) ? meaning : undefined)
}
