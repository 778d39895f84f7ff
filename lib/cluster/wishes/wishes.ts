import type { NodeSize, RpuSize } from './size'

/** What the user wants of `cluster up`, as given on the command line. */
export interface Wishes {
  name: string
  region: string | undefined
  owner: string | undefined
  ttl: number | undefined
  serverless: boolean
  nodeType: string | undefined
  nodes: number | undefined
  baseRpu: number | undefined
  maxRpu: number | undefined
  database: string
  port: number
  public: boolean
  cidr: string | undefined
  allowWideCidr: boolean
  vpc: string | undefined
  subnets: string[] | undefined
  kmsKey: string | undefined
  signIn: 'iam' | 'secret'
}

/** The nodes that are wanted: one small one where nothing is said. */
export function nodesOf({ nodeType, nodes }: Wishes): NodeSize {
  return { nodeType: nodeType ?? 'ra3.large', nodes: nodes ?? 1 }
}

/** The RPU that are wanted: the least where nothing is said, as AWS's own default is 128. */
export function rpusOf({ baseRpu = 4, maxRpu }: Wishes): RpuSize {
  return { baseRpu, maxRpu: maxRpu ?? Math.max(8, baseRpu) }
}

/** How big the warehouse is to be. */
export function sizeOf(wishes: Wishes): NodeSize | RpuSize {
  return wishes.serverless ? rpusOf(wishes) : nodesOf(wishes)
}

/** The user that Redshift makes with a warehouse; its password is in Secrets Manager only. */
export const adminUser = 'awsuser'

/** What is wished for where nothing is said. */
export const defaultWishes: Wishes = {
  name: 'sparkify',
  region: undefined,
  owner: undefined,
  ttl: undefined,
  serverless: false,
  nodeType: undefined,
  nodes: undefined,
  baseRpu: undefined,
  maxRpu: undefined,
  database: 'dev',
  port: 5439,
  public: false,
  cidr: undefined,
  allowWideCidr: false,
  vpc: undefined,
  subnets: undefined,
  kmsKey: undefined,
  signIn: 'iam',
}
