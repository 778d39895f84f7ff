import { describe } from '../warehouse/errors'
import { isNotOffered } from './aws/faults'
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
  /** What could not be looked for, because there is no such service here. */
  unseen: { kind: string; error: Error }[]
}

/** Looks for everything that the name of a place could have, by name and by tag. */
export async function takeInventory(name: string, resources: Resource[]): Promise<Inventory> {
  const holdings: Holding[] = []
  const unseen: Inventory['unseen'] = []
  for (const resource of resources) {
    try {
      holdings.push(...(await holdingsOf(resource)))
    } catch (error) {
      if (!resource.isRegional || !isNotOffered(error)) throw error
      unseen.push({ kind: resource.kind, error: error as Error })
    }
  }
  const isHeld = ({ found }: Holding) => isOurs(found.tags, name)
  const [ours, foreign] = [holdings.filter(isHeld), holdings.filter((one) => !isHeld(one))]
  return { ours, foreign, unseen }
}

async function holdingsOf(resource: Resource): Promise<Holding[]> {
  const named = await resource.find()
  const tagged = await resource.findTagged()
  const others = tagged.filter(({ id }) => id !== named?.id)
  return [...(named ? [named] : []), ...others].map((found) => ({ resource, found }))
}

/** What could not be looked for, in words; none where everything could. */
export function unseenText({ unseen }: Inventory): string | undefined {
  if (unseen.length === 0) return undefined
  const kinds = unseen.map(({ kind }) => kind).join(' and ')
  return `Not looked for: ${kinds}. ${describe(unseen[0]!.error)}`
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
