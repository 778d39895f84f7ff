import { UsageError } from '../../warehouse/errors'
import type { Aws } from '../aws/aws'
import type { Wishes } from '../wishes/wishes'

/** Where the warehouse is to lie. */
export interface Network {
  vpc: string
  subnets: string[]
  /** The user named it; else it is the default VPC, whose subnets Redshift knows. */
  isNamed: boolean
}

/**
 * Finds the network that was named with --vpc or --subnets, or the default VPC.
 * @throws UsageError where there is none, or the subnets are not in it
 */
export async function findNetwork(aws: Aws, { vpc, subnets }: Wishes): Promise<Network> {
  if (vpc === undefined && subnets === undefined) return defaultNetwork(aws)
  const asked =
    subnets === undefined
      ? { Filters: [{ Name: 'vpc-id', Values: [vpc ?? ''] }] }
      : { SubnetIds: subnets }
  const answer = await aws.call('ec2', 'DescribeSubnets', asked)
  const found = (answer.Subnets ?? []).map(({ SubnetId = '', VpcId = '' }) => ({ SubnetId, VpcId }))
  const vpcs = [...new Set(found.map(({ VpcId }) => VpcId))]
  if (found.length === 0) {
    throw new UsageError(`The VPC ${vpc} has no subnets in this region: name another with --vpc.`)
  }
  if (vpcs.length > 1 || (vpc !== undefined && vpcs[0] !== vpc)) {
    throw new UsageError(
      `--subnets are in ${vpcs.join(' and ')}: subnets of one VPC${vpc ? `, ${vpc},` : ''} are expected.`,
    )
  }
  return { vpc: vpcs[0]!, subnets: found.map(({ SubnetId }) => SubnetId), isNamed: true }
}

async function defaultNetwork(aws: Aws): Promise<Network> {
  const Filters = [{ Name: 'is-default', Values: ['true'] }]
  const answer = await aws.call('ec2', 'DescribeVpcs', { Filters })
  const vpc = answer.Vpcs?.find(({ IsDefault }) => IsDefault)?.VpcId
  if (vpc !== undefined) return { vpc, subnets: [], isNamed: false }
  throw new UsageError(
    'The region has no default VPC: name a network with --vpc (and --subnets), or make a default one ' +
      'with `aws ec2 create-default-vpc`.',
  )
}
