import { UsageError } from '../warehouse/errors'
import type { Found, Order, Place, Resource } from './resources/resource'
import { refuseHopeless } from './resources/states'
import { isOurs, project } from './resources/tags'

/** What is to be done about one resource. */
export interface Step {
  resource: Resource
  action: 'create' | 'change' | 'keep'
  found: Found | undefined
  /** What changes. */
  detail: string | undefined
}

/**
 * Looks for each resource, and says what is to be done about it.
 * @throws UsageError where something of that name is not ours; Unreachable where it is past help
 */
export async function planSteps(order: Order, resources: Resource[]): Promise<Step[]> {
  const steps: Step[] = []
  for (const resource of resources) {
    const found = await resource.find()
    const detail = found && resource.differs?.(order, found)
    const action = !found ? 'create' : detail === undefined ? 'keep' : 'change'
    steps.push({ resource, action, found, detail })
  }
  refuseForeign(order, steps)
  for (const { resource, found } of steps) {
    if (found) refuseHopeless(`The ${resource.kind} ${resource.name}`, found.state)
  }
  return steps
}

function refuseForeign({ name, account }: Place, steps: Step[]): void {
  const foreign = steps.filter(({ found }) => found && !isOurs(found.tags, name))
  if (foreign.length === 0) return
  const list = foreign.map(
    ({ resource, found }) => `  ${resource.kind} ${resource.name} (${found!.id})`,
  )
  throw new UsageError(
    `In ${account.region} of account ${account.id} there is already, without our tags ` +
      `(project=${project}, name=${name}):\n${list.join('\n')}\n` +
      'It is not ours, and nothing was touched. Give another --name, or remove it yourself.',
  )
}
