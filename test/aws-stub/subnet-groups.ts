import { type Action, action, demand, known } from './action'
import type { Account } from './account'
import { Refusal } from './refusal'
import { type TagQuery, type Tags, type WrittenTag, hasTags, readTags, tagList } from './tags'

export interface SubnetGroup {
  name: string
  description: string
  subnets: string[]
  tags: Tags
}

interface Named {
  ClusterSubnetGroupName: string
}

/** The subnets that a provisioned cluster may lie in. */
export const subnetGroups: Record<string, Action> = {
  CreateClusterSubnetGroup: action<
    Named & { Description: string; SubnetIds: string[]; Tags?: WrittenTag[] }
  >(['ClusterSubnetGroupName', 'Description', 'SubnetIds'], (parameters, account) => {
    const {
      ClusterSubnetGroupName: name,
      Description: description,
      SubnetIds: subnets,
    } = parameters
    const isFree = !account.subnetGroups.has(name)
    demand(isFree, 'ClusterSubnetGroupAlreadyExists', `Subnet group ${name} already exists.`)
    const areThere = subnets.every((id) => account.subnetIds.includes(id))
    demand(areThere, 'InvalidSubnet', 'Some input subnets are invalid.')
    const group = { name, description, subnets, tags: readTags(parameters.Tags) }
    account.subnetGroups.set(name, group)
    return { ClusterSubnetGroup: written(group, account) }
  }),
  DescribeClusterSubnetGroups: action<Partial<Named> & TagQuery>(
    [],
    ({ ClusterSubnetGroupName: name, ...query }, account) => {
      const all =
        name === undefined ? [...account.subnetGroups.values()] : [subnetGroupOf(name, account)]
      const found = all.filter(({ tags }) => hasTags(tags, query))
      return {
        ClusterSubnetGroups: {
          ClusterSubnetGroup: found.map((group) => written(group, account)),
        },
      }
    },
  ),
  DeleteClusterSubnetGroup: action<Named>(
    ['ClusterSubnetGroupName'],
    ({ ClusterSubnetGroupName: name }, account) => {
      subnetGroupOf(name, account)
      const isUsed = [...account.clusters.values()].some((cluster) => cluster.subnetGroup === name)
      const words = `Subnet group ${name} is used by a cluster.`
      demand(!isUsed, 'InvalidClusterSubnetGroupStateFault', words)
      account.subnetGroups.delete(name)
      return {}
    },
  ),
}

function subnetGroupOf(name: string, { subnetGroups: all }: Account): SubnetGroup {
  const words = `Cluster subnet group ${name} not found.`
  return known(all, name, new Refusal('ClusterSubnetGroupNotFoundFault', words))
}

function written({ name, description, subnets, tags }: SubnetGroup, { vpc }: Account) {
  return {
    ClusterSubnetGroupName: name,
    Description: description,
    VpcId: vpc,
    SubnetGroupStatus: 'Complete',
    Subnets: {
      Subnet: subnets.map((id) => ({ SubnetIdentifier: id, SubnetStatus: 'Active' })),
    },
    Tags: { Tag: tagList(tags) },
  }
}
