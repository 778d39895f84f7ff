/** A value of a request: what a form or a JSON document can say. */
export type Value = string | number | boolean | null | undefined | Value[] | Input

/** The parameters of a call. */
export interface Input {
  [name: string]: Value
}

/** The parameters of a query call: `A.member.1.C=x` is `{ A: [{ C: 'x' }] }`. */
export function parseForm(body: string): Input {
  const input: Input = {}
  for (const [name, value] of new URLSearchParams(body)) {
    if (!['Action', 'Version'].includes(name)) put(input, name.split('.'), value)
  }
  const written = Object.entries(input).filter(([, value]) => value !== '') // an empty list
  return Object.fromEntries(written.map(([name, value]) => [name, asLists(value)]))
}

function put(input: Input, [name, ...rest]: string[], value: string): void {
  if (rest.length === 0) input[name!] = value
  else put((input[name!] ??= {}) as Input, rest, value)
}

function asLists(value: Value): Value {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  const names = Object.keys(value)
  const members = names.map((name) => asLists(value[name]))
  if (names.length > 0 && names.every((name) => /^\d+$/.test(name))) return members
  if (names.length === 1 && Array.isArray(members[0])) return members[0]
  return Object.fromEntries(names.map((name, index) => [name, members[index]]))
}
