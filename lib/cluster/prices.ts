import type { Parameters } from './parameters'

/**
 * US dollars an hour, on demand, in us-east-1, about: an RPU as a post of the AWS blog on 4 RPU says, nodes
 * as they are remembered of 2025. AWS's price list could not be read by a program to check them, so every
 * text that tells one says how old it is, and where the list is.
 */
export const prices = {
  asOf: '2025',
  list: 'https://aws.amazon.com/redshift/pricing/',
  node: {
    'ra3.large': 0.54,
    'ra3.xlplus': 1.09,
    'ra3.4xlarge': 3.26,
    'ra3.16xlarge': 13.04,
  } as Partial<Record<string, number>>,
  rpu: 0.375,
}

const hoursOfMonth = 730

/** Two digits are all that such a price is good for. */
const about = (dollars: number) => `$${Number(dollars.toPrecision(2))}`

/** What a warehouse with these parameters costs an hour and a month, in sentences. */
export function costText(parameters: Parameters): string {
  const list = `Today's prices: ${prices.list}`
  if (parameters.Kind === 'serverless') return `${serverlessCost(parameters)} ${list}`
  const { NodeType = 'ra3.large', Nodes = '1' } = parameters
  const hour = (prices.node[NodeType] ?? NaN) * Number(Nodes)
  if (Number.isNaN(hour)) return `What ${NodeType} costs is not known here. ${list}`
  return (
    `It costs about $${hour.toFixed(2)} an hour, ${about(hour * hoursOfMonth)} a month (${Nodes} ` +
    `${NodeType} in us-east-1, as of ${prices.asOf}), until it is removed or paused; storage comes on top. ${list}`
  )
}

function serverlessCost({ BaseRpu = '4', MaxRpu = '8' }: Parameters): string {
  const [least, most] = [BaseRpu, MaxRpu].map((rpu) => Number(rpu) * prices.rpu)
  return (
    `It costs about $${least!.toFixed(2)} an hour while it works at ${BaseRpu} RPU, at most ` +
    `$${most!.toFixed(2)} at ${MaxRpu} RPU (${about(most! * hoursOfMonth)} a month without a rest), nothing ` +
    `while it rests (us-east-1, as of ${prices.asOf}); storage comes on top.`
  )
}

/** What a provisioned warehouse has cost since then, about; undefined where that is not known. */
export function costSoFar(parameters: Parameters, since: Date, now: Date): number | undefined {
  const price = prices.node[parameters.NodeType ?? '']
  if (parameters.Kind === 'serverless' || price === undefined) return undefined
  const hours = Math.max(0, (now.getTime() - since.getTime()) / 3_600_000)
  return Math.round(hours * price * Number(parameters.Nodes) * 100) / 100
}
