import { closest, distance } from 'fastest-levenshtein'

/** The known word that was probably meant: a slip or two away from `word`, else one that has it in it. */
export function nearest(word: string, known: string[]): string | undefined {
  const near = closestOf(word, known)
  if (near !== undefined && distance(word, near) <= Math.max(2, near.length / 3)) return near
  return word.length < 3
    ? undefined
    : closestOf(
        word,
        known.filter((name) => name.includes(word)),
      )
}

function closestOf(word: string, known: string[]): string | undefined {
  return known.length > 0 ? closest(word, known) : undefined
}
