import type { Found, Resource } from './resources/resource'
import { isOurs } from './resources/tags'

/** A resource that is there, with the object that knows how to remove it. */
export interface Holding {
  resource: Resource
  found: Found
}

/** What of a place is there. */
export interface Inventory {
  ours: Holding[]
  /** What has a name of ours, and not our tags. */
  foreign: Holding[]
}

/** Looks for everything that the name of a place could have, by name and by tag. */
export async function takeInventory(name: string, resources: Resource[]): Promise<Inventory> {
  const holdings: Holding[] = []
  for (const resource of resources) {
    const named = await resource.find()
    const tagged = await resource.findTagged()
    const others = tagged.filter(({ id }) => id !== named?.id)
    for (const found of [...(named ? [named] : []), ...others]) holdings.push({ resource, found })
  }
  const isHeld = ({ found }: Holding) => isOurs(found.tags, name)
  return { ours: holdings.filter(isHeld), foreign: holdings.filter((one) => !isHeld(one)) }
}

/** A thing as reports name it. */
export interface Item {
  kind: string
  name: string
  id: string
}

/** A holding, as reports name it. */
export function itemOf({ resource: { kind }, found: { name, id } }: Holding): Item {
  return { kind, name, id }
}

/** An item in a list. */
export function itemText({ kind, name, id }: Item): string {
  return `  ${kind} ${name}${id === name ? '' : ` (${id})`}`
}
