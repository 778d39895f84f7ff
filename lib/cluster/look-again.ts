import { setTimeout as sleep } from 'node:timers/promises'
import { faultName } from './aws/faults'
import { type Inventory, type Item, itemOf, takeInventory } from './inventory'
import { possibleResources } from './resources/all'
import type { Place } from './resources/resource'
import { adminUser } from './wishes/wishes'

/** AWS may list for some seconds what is gone already: so often it is looked before that counts as left. */
const looks = 6

/** What is still there of a place after everything was removed. */
interface Leftovers {
  left: Item[]
  /** What could not be looked for, and why. */
  notes: string[]
}

/** Looks for everything by name and tag, until nothing is left or it stays. */
export async function lookAgain(place: Place): Promise<Leftovers> {
  for (let look = 1; ; look++) {
    const { ours }: Inventory = await takeInventory(place.name, possibleResources(place))
    const { secrets, note } = await findSecrets(place)
    const left = [...ours.map(itemOf), ...secrets]
    if (left.length === 0 || look === looks) return { left, notes: note ? [note] : [] }
    await sleep(place.patience.everyMs, undefined, { signal: place.patience.signal })
  }
}

/** The secrets that Redshift made for the admin user, and removes with the warehouse. */
async function findSecrets({ aws, name }: Place): Promise<{ secrets: Item[]; note?: string }> {
  const wanted = `redshift!${name}-${adminUser}`
  try {
    const { SecretList } = await aws.call('secretsmanager', 'ListSecrets', {
      Filters: [{ Key: 'name', Values: [wanted] }],
    })
    const found = (SecretList ?? []).filter(
      (secret) => secret.Name === wanted && secret.DeletedDate === undefined,
    )
    return { secrets: found.map(({ ARN = '' }) => ({ kind: 'secret', name: wanted, id: ARN })) }
  } catch (error) {
    const fault = faultName(error)
    if (fault === '') throw error
    const note = `The secret ${wanted}, which goes with its warehouse, was not looked for: ${fault}.`
    return { secrets: [], note }
  }
}
