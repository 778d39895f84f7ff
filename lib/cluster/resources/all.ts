import { IngressRule } from './ingress-rule'
import { ServerlessNamespace } from './namespace'
import { ProvisionedCluster } from './provisioned'
import type { Order, Place, Resource } from './resource'
import { Role } from './role'
import { SecurityGroup } from './security-group'
import { SubnetGroup } from './subnet-group'
import { ServerlessWorkgroup } from './workgroup'

/** What `up` makes, in the order of making. */
export function wantedResources(order: Order): Resource[] {
  const { wishes, network } = order
  const role = new Role(order)
  const group = new SecurityGroup(order, network.vpc)
  const doors = [role, group, new IngressRule(order, group)]
  if (wishes.serverless) {
    return [...doors, new ServerlessNamespace(order, role), new ServerlessWorkgroup(order, group)]
  }
  const subnets = network.isNamed ? [new SubnetGroup(order)] : []
  const subnetGroup = subnets[0]?.name
  return [...doors, ...subnets, new ProvisionedCluster(order, role, group, subnetGroup)]
}

/** All that a place can hold, whichever kind of warehouse it is, in the order of making. */
export function possibleResources(place: Place): Resource[] {
  const role = new Role(place)
  const group = new SecurityGroup(place)
  return [
    role,
    group,
    new IngressRule(place, group),
    new SubnetGroup(place),
    new ProvisionedCluster(place, role, group),
    new ServerlessNamespace(place, role),
    new ServerlessWorkgroup(place, group),
  ]
}
