import type { Account } from './account'
import { type Action, action, demand } from './action'
import { type Filter, matching } from './filters'

/** The default VPC with its subnets, where there is one. */
export const networks: Record<string, Action> = {
  DescribeVpcs: action<{ Filter?: Filter[] }>([], ({ Filter = [] }, account) => {
    const vpcs = account.subnets > 0 ? [account.vpc] : []
    const found = matching(vpcs, Filter, (vpc) => ({ ...facets(vpc), 'is-default': 'true' }))
    return { vpcSet: { item: found.map((vpcId) => ({ vpcId, ...state, isDefault: true })) } }
  }),
  DescribeSubnets: action<{ Filter?: Filter[]; SubnetId?: string[] }>([], (asked, account) => {
    const { Filter = [], SubnetId: ids = account.subnetIds } = asked
    for (const id of ids) {
      const words = `The subnet ID '${id}' does not exist`
      demand(account.subnetIds.includes(id), 'InvalidSubnetID.NotFound', words)
    }
    const named = subnets(account).filter(({ subnetId }) => ids.includes(subnetId))
    const found = matching(named, Filter, ({ subnetId, vpcId }) => ({
      ...facets(vpcId),
      'subnet-id': subnetId,
      'default-for-az': 'true',
    }))
    return { subnetSet: { item: found } }
  }),
}

const state = { state: 'available' }

function facets(vpc: string) {
  return { 'vpc-id': vpc, ...state, tags: {} }
}

function subnets({ subnetIds, vpc, region }: Account) {
  return subnetIds.map((subnetId, index) => ({
    subnetId,
    vpcId: vpc,
    ...state,
    availabilityZone: `${region}${'abcdef'[index]}`,
    availabilityZoneId: `az${index + 1}`,
    availableIpAddressCount: 4000,
    defaultForAz: true,
    mapPublicIpOnLaunch: true,
  }))
}
