import { readVariables } from '../warehouse/settings'
import { wantedResources } from './resources/all'
import { findNetwork } from './resources/network'
import type { Order, Place } from './resources/resource'
import { tagsFor } from './resources/tags'
import { defaultWishes } from './wishes/wishes'

/** Makes a complete warehouse: what a dry run of `status` or `down` is to find. */
export async function makeExample(place: Place, envFile: string): Promise<void> {
  const { name, aws, account } = place
  const serverless = readVariables(envFile).REDSHIFT_WORKGROUP === name
  const wishes = { ...defaultWishes, name, serverless }
  const order: Order = {
    ...place,
    wishes,
    data: { read: ['s3://bucket/data/'], written: undefined },
    tags: tagsFor({ name, owner: account.caller, created: new Date(), ttlHours: undefined }),
    network: await findNetwork(aws, wishes),
    range: '203.0.113.7/32',
  }
  for (const resource of wantedResources(order)) await resource.make(order)
}
