import type { NodeSize, RpuSize } from './wishes/size'

/**
 * US dollars an hour, on demand, in us-east-1, about; other regions differ, storage and data transfer
 * come on top. RPU: a post of the AWS blog on 4 RPU; nodes: from memory, so every text that names
 * one of them says "about" and where the price list is.
 */
export const prices = {
  node: {
    'ra3.large': 0.543,
    'ra3.xlplus': 1.086,
    'ra3.4xlarge': 3.26,
    'ra3.16xlarge': 13.04,
  } as Partial<Record<string, number>>,
  rpu: 0.375,
}

export const priceList = 'https://aws.amazon.com/redshift/pricing/'

/** What nodes cost an hour, about; undefined where we do not know. */
export function nodesPerHour(nodeType: string, nodes: number): number | undefined {
  const price = prices.node[nodeType]
  return price === undefined ? undefined : price * nodes
}

/** What a warehouse of this size costs, in a sentence. */
export function costText(size: NodeSize | RpuSize): string {
  return 'nodes' in size ? nodesCost(size) : serverlessCost(size)
}

function nodesCost({ nodeType, nodes }: NodeSize): string {
  const cost = nodesPerHour(nodeType, nodes)
  if (cost === undefined) return `The price of ${nodeType} is in the price list: ${priceList}`
  const of = `${nodes} ${nodes === 1 ? 'node' : 'nodes'} ${nodeType}`
  return `It costs about $${dollars(cost)} an hour (${of}, us-east-1) until it is removed: ${priceList}`
}

function serverlessCost({ baseRpu, maxRpu }: RpuSize): string {
  const [least, most] = [baseRpu, maxRpu].map((rpu) => dollars(rpu * prices.rpu))
  return (
    `It costs about $${least} an hour while it works at ${baseRpu} RPU, at most $${most} at ` +
    `${maxRpu} RPU, nothing while it rests (us-east-1): ${priceList}`
  )
}

/** Dollars and cents. */
export function dollars(amount: number): string {
  return amount.toFixed(2)
}
