/** A table, or a question about tables. */
export interface Node {
  name: string
  /** The names of the nodes that it is made from; names of anything else lead nowhere. */
  from?: string[]
}

/** The named nodes with all that they are made from. */
export function withSources(names: string[], nodes: Node[]): Set<string> {
  const sources = new Map(nodes.map(({ name, from = [] }) => [name, from]))
  return reachable(names, (name) => sources.get(name) ?? [])
}

/** The named nodes with all that is made from them. */
export function withDependents(names: string[], nodes: Node[]): Set<string> {
  return reachable(names, (name) =>
    nodes.filter(({ from }) => from?.includes(name)).map((node) => node.name),
  )
}

function reachable(start: string[], next: (name: string) => string[]): Set<string> {
  const reached = new Set(start)
  // A set that grows while it is gone through is gone through to its end.
  for (const name of reached) for (const other of next(name)) reached.add(other)
  return reached
}
