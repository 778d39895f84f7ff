import { isWord, type Token } from './tokens'

/** Tokens from `start` to before `end`. */
export interface Part {
  start: number
  end: number
}

/** The index of the word that closes the one at `open`; undefined where none does. */
export function closing(
  tokens: Token[],
  open: number,
  opens = '(',
  closes = ')',
): number | undefined {
  for (let at = open, depth = 0; at < tokens.length; at++) {
    if (isWord(tokens[at], opens)) depth++
    if (isWord(tokens[at], closes) && --depth === 0) return at
  }
  return undefined
}

/** The index of the parenthesis that is open before a token, of a closing one its own; -1 where none is. */
export function openingBefore(tokens: Token[], i: number): number {
  let depth = 0
  return tokens.slice(0, i).findLastIndex((token) => {
    if (isWord(token, ')')) depth++
    return isWord(token, '(') && depth-- === 0
  })
}

/** Where a word or symbol, or what else is asked for, stands first outside of parentheses; -1 if nowhere. */
export function indexOutside(
  tokens: Token[],
  sought: string | ((token: Token, i: number) => boolean),
): number {
  const fits = typeof sought === 'string' ? (token: Token) => isWord(token, sought) : sought
  let depth = 0
  return tokens.findIndex((token, i) => {
    if (isWord(token, '(')) depth++
    if (isWord(token, ')')) depth--
    return depth === 0 && fits(token, i)
  })
}

/** The parts of a list, between its commas outside of parentheses and brackets. */
export function partsOf(tokens: Token[], { start, end }: Part): Part[] {
  const parts: Part[] = []
  let from = start
  for (let at = start, depth = 0; at <= end; at++) {
    if (at === end || (depth === 0 && isWord(tokens[at], ','))) {
      if (at > from) parts.push({ start: from, end: at })
      from = at + 1
    } else if (isWord(tokens[at], '(') || isWord(tokens[at], '[')) depth++
    else if (isWord(tokens[at], ')') || isWord(tokens[at], ']')) depth--
  }
  return parts
}
