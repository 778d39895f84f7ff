/** Where the page tells of a table or a question: an id that is also a class and needs no quotes. */
export function anchorOf(kind: 'files' | 'table' | 'question', name: string): string {
  const safe = name.replace(/[^\w-]/gu, (character) => `.${character.codePointAt(0)!.toString(16)}`)
  return `${kind}-${safe.replaceAll('.', '--')}`
}
