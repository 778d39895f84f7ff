import { nodesPerHour, priceList } from './prices'
import type { Found } from './resources/resource'

/** Until when a warehouse is to live, and how many hours that is; negative: past it. */
export interface Life {
  expires: string | undefined
  hoursLeft: number | undefined
}

/** What a warehouse has cost, about, in US dollars; undefined where that is not known. */
export interface Cost {
  costSoFar: number | undefined
  costNote: string
}

/** How long a warehouse is still to live, by its tags. */
export function lifeOf(found: Found | undefined, now: Date): Life {
  const expires = found?.tags.expires
  const until = Date.parse(expires ?? '')
  if (expires === undefined || Number.isNaN(until))
    return { expires: undefined, hoursLeft: undefined }
  return { expires, hoursLeft: (until - now.getTime()) / 3_600_000 }
}

/** What a warehouse has cost since it was made, as far as that can be told from its size. */
export function costOf(found: Found | undefined, now: Date): Cost {
  if (!found?.size)
    return { costSoFar: undefined, costNote: 'There is no warehouse, so none works.' }
  if ('baseRpu' in found.size) {
    const costNote = `Serverless costs by use: see the account's bill, and ${priceList}`
    return { costSoFar: undefined, costNote }
  }
  const { nodeType, nodes } = found.size
  const perHour = nodesPerHour(nodeType, nodes)
  if (perHour === undefined || !found.since) {
    return {
      costSoFar: undefined,
      costNote: `The price of ${nodeType} is in the price list: ${priceList}`,
    }
  }
  const hours = (now.getTime() - found.since.getTime()) / 3_600_000
  const costNote =
    'By the price of us-east-1, as if it had never been paused; storage comes on top.'
  return { costSoFar: Math.max(0, hours) * perHour, costNote }
}
