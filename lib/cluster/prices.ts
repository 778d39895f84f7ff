import type { Parameters } from './parameters'

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

const priceList = 'https://aws.amazon.com/redshift/pricing/'
const hoursOfMonth = 730

/** What a warehouse with these parameters costs an hour and a month, in a sentence. */
export function costText(parameters: Parameters): string {
  return parameters.Kind === 'serverless' ? serverlessCost(parameters) : nodesCost(parameters)
}

function nodesCost({ NodeType = 'ra3.large', Nodes = '1' }: Parameters): string {
  const price = prices.node[NodeType]
  if (price === undefined) return `The price of ${NodeType} is in the price list: ${priceList}`
  const hour = price * Number(Nodes)
  const of = `${Nodes} ${Nodes === '1' ? 'node' : 'nodes'} ${NodeType}`
  return (
    `It costs about $${hour.toFixed(2)} an hour, $${(hour * hoursOfMonth).toFixed(0)} a month (${of}, ` +
    `us-east-1), until it is removed or paused; storage comes on top: ${priceList}`
  )
}

function serverlessCost({ BaseRpu = '4', MaxRpu = '8' }: Parameters): string {
  const [least, most] = [BaseRpu, MaxRpu].map((rpu) => Number(rpu) * prices.rpu)
  return (
    `It costs about $${least!.toFixed(2)} an hour while it works at ${BaseRpu} RPU, at most ` +
    `$${most!.toFixed(2)} at ${MaxRpu} RPU ($${(most! * hoursOfMonth).toFixed(0)} a month without a rest), ` +
    `nothing while it rests (us-east-1); storage comes on top: ${priceList}`
  )
}

/** What a provisioned warehouse has cost since then, about; undefined where that is not known. */
export function costSoFar(parameters: Parameters, since: Date, now: Date): number | undefined {
  const price = prices.node[parameters.NodeType ?? '']
  if (parameters.Kind === 'serverless' || price === undefined) return undefined
  const hours = Math.max(0, (now.getTime() - since.getTime()) / 3_600_000)
  return hours * price * Number(parameters.Nodes)
}
