import { Unreachable } from '../warehouse/errors'
import { faultName } from './aws/faults'
import type { Step } from './plan'
import type { Order } from './resources/resource'
import { isOurs } from './resources/tags'

/** Faults by which AWS says that there is such a thing already. */
const exists = /AlreadyExists$|^InvalidGroup\.Duplicate$|^Conflict$/

/** Makes or changes one resource; where it has come about meanwhile, and is ours, that is as good. */
export async function makeStep(order: Order, { resource, action, found }: Step): Promise<void> {
  if (action === 'change') await resource.change?.(order, found!)
  if (action !== 'create') return
  try {
    await resource.make(order)
  } catch (error) {
    if (!exists.test(faultName(error))) throw error
    const other = await resource.find()
    if (other && isOurs(other.tags, order.name)) {
      if (resource.differs?.(order, other) !== undefined) await resource.change?.(order, other)
      return
    }
    throw new Unreachable(
      `${(error as Error).message}\nSomething else of the name ${resource.name} is there, or it is ` +
        'busy: nothing of it was touched. Run `up` again, or give another --name.',
      { cause: (error as Error).cause },
    )
  }
}
