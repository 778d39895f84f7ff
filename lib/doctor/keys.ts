/** The key among those of a record that was meant for a column: alike but for case and underscores. */
export function keyMeant(column: string, keys: string[]): string | undefined {
  return keys.find((key) => key === column) ?? keys.find((key) => plain(key) === plain(column))
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/** The keys of a record; none where it is no object. */
export function keysOf(record: unknown): string[] {
  const isObject = typeof record === 'object' && record !== null && !Array.isArray(record)
  return isObject ? Object.keys(record) : []
}

/** True for a value that COPY would store. */
export function isValue(value: unknown): boolean {
  return value !== undefined && value !== null && !/^\s*$/.test(textOf(value))
}

/** A value as the file has it, a string without its quotes. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}
