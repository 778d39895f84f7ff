import { demand } from './action'
import type { Tags } from './tags'

/** A filter of an EC2 request: any of the values will do. */
export interface Filter {
  Name: string
  Value: string[]
}

/** What a thing can be filtered by. */
type Facets = { tags: Tags } & Record<string, string | Tags>

/** The things that pass all filters. */
export function matching<Thing>(
  things: Thing[],
  filters: Filter[],
  facetsOf: (thing: Thing) => Facets,
): Thing[] {
  return things.filter((thing) => filters.every((filter) => passes(facetsOf(thing), filter)))
}

function passes({ tags, ...facets }: Facets, { Name, Value }: Filter): boolean {
  if (Name === 'tag-key') return Value.some((key) => key in tags)
  if (Name.startsWith('tag:')) return Value.includes(tags[Name.slice('tag:'.length)] ?? '')
  demand(Name in facets, 'InvalidParameterValue', `The filter '${Name}' is invalid`)
  return Value.includes(facets[Name] as string)
}
