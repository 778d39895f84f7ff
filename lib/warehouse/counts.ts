/** A count as people read it: 8,056. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US')
}

/** So many of something: 1 row, 8,056 rows. @param one in the singular, its plural with an s */
export function counted(count: number, one: string): string {
  return `${formatCount(count)} ${one}${count === 1 ? '' : 's'}`
}
