import { UsageError } from '../warehouse/errors'
import type { Step } from './plan'
import { costText } from './prices'
import type { Found, Order } from './resources/resource'
import type { Terminal } from './terminal'
import { sizeOf } from './wishes/wishes'

/** Shows what is to be done and what it costs, and asks, where there is something to do. */
export async function agree(
  order: Order,
  steps: Step[],
  yes: boolean,
  terminal: Terminal,
): Promise<void> {
  terminal.notice(planText(order, steps))
  if (yes || steps.every(({ action }) => action === 'keep')) return
  const answer = await terminal.ask('Go ahead? [y/N] ', order.patience.signal)
  if (!/^y(es)?$/i.test(answer)) throw new UsageError('Not agreed to: nothing was made.')
}

/** The cost of the warehouse that is there, or else of the one that is wanted. */
export function costOfSteps({ wishes }: Order, steps: Step[]): string {
  return costText(warehouseIn(steps)?.size ?? sizeOf(wishes))
}

const marks = { create: '+', change: '~', keep: '=' }

function planText(order: Order, steps: Step[]): string {
  const { account, wishes, range } = order
  const there = warehouseIn(steps)
  const isPublic = there?.endpoint?.isPublic ?? wishes.public
  const reach = isPublic ? 'from the internet' : 'inside its VPC only (--public is for outside)'
  return [
    `In ${account.region}, account ${account.id}, as ${account.caller}:`,
    ...steps.map(stepText),
    ...(there ? keptAsItIs(order, there) : []),
    `It can be reached ${reach}, by ${range} on port ${wishes.port}.`,
    costOfSteps(order, steps),
  ].join('\n')
}

function stepText({ resource: { kind, name }, action, detail }: Step): string {
  const changes = detail === undefined ? '' : `, ${detail}`
  return `  ${marks[action]} ${kind} ${name}: ${action}${changes}`
}

/** What of a warehouse is otherwise than wanted, and stays: `up` makes what is missing, no more. */
function keptAsItIs({ wishes }: Order, { size, endpoint }: Found): string[] {
  const { nodeType, nodes, baseRpu, maxRpu }: Partial<Record<string, unknown>> = { ...size }
  const given = [
    { option: '--node-type', wanted: wishes.nodeType, found: nodeType },
    { option: '--nodes', wanted: wishes.nodes, found: nodes },
    { option: '--base-rpu', wanted: wishes.baseRpu, found: baseRpu },
    { option: '--max-rpu', wanted: wishes.maxRpu, found: maxRpu },
    { option: '--public', wanted: wishes.public, found: endpoint?.isPublic },
  ]
  return given
    .filter(({ wanted, found }) => wanted !== undefined && wanted !== found)
    .map(
      ({ option, wanted, found }) =>
        `  ${option} is ${wanted}, and what is there keeps ${String(found)}: \`down\` and \`up\` change it.`,
    )
}

function warehouseIn(steps: Step[]): Found | undefined {
  return steps.find(({ found }) => found?.size)?.found
}
