import type { Account } from './account'
import { type Call, nameOf } from './call'
import { impliedBy } from './implied-wishes'
import type { Wish } from './policy'
import { type Tags, type WrittenTag, readTags } from './tags'

/** The parameters that say what a call is about. */
export interface Subject {
  RoleName?: string
  PolicySourceArn?: string
  GroupId?: string
  ResourceId?: string[]
  TagSpecification?: { Tag: WrittenTag[] }[]
  ClusterIdentifier?: string
  ClusterSubnetGroupName?: string
  DbName?: string
  ResourceName?: string
  IamRoles?: string[]
  AddIamRoles?: string[]
  iamRoles?: string[]
  namespaceName?: string
  workgroupName?: string
  resourceArn?: string
  SecretId?: string
  Tags?: WrittenTag[]
  tags?: WrittenTag[]
}

type Context = Wish['context']
type About = Omit<Wish, 'action'>

/** What calls are about, where permissions can say so: of a service, or of one action. */
const subjects: Record<string, (subject: Subject, account: Account) => About[]> = {
  sts: () => [],
  iam: ({ RoleName }, account) => [about(account.arn('iam', `role/${RoleName}`))],
  'iam:SimulatePrincipalPolicy': ({ PolicySourceArn = '' }) => [about(PolicySourceArn)],
  ec2: ({ GroupId = '', ResourceId = [GroupId] }, account) =>
    ResourceId.map((id) =>
      about(
        account.arn('ec2', `security-group/${id}`),
        tagged('aws:ResourceTag', account.groups.get(id)?.tags),
      ),
    ),
  'ec2:CreateSecurityGroup': ({ TagSpecification = [] }, account) => [
    about(
      account.arn('ec2', 'security-group/*'),
      requested(TagSpecification.flatMap(({ Tag }) => Tag)),
    ),
    about(account.arn('ec2', `vpc/${account.vpc}`)),
  ],
  redshift: ({ ClusterIdentifier: cluster, ClusterSubnetGroupName: subnets, Tags }, account) => {
    const resource = cluster === undefined ? `subnetgroup:${subnets}` : `cluster:${cluster}`
    return [about(account.arn('redshift', resource), requested(Tags))]
  },
  'redshift:CreateTags': ({ ResourceName = '', Tags }) => [about(ResourceName, requested(Tags))],
  'redshift:GetClusterCredentialsWithIAM': ({ ClusterIdentifier, DbName = '*' }, account) => [
    about(account.arn('redshift', `dbname:${ClusterIdentifier}/${DbName}`)),
  ],
  'redshift-serverless': ({ namespaceName, workgroupName, resourceArn, tags }, account) => {
    const [kind, things, name] =
      workgroupName === undefined
        ? (['namespace', account.namespaces, namespaceName] as const)
        : (['workgroup', account.workgroups, workgroupName] as const)
    const thing = things.get(name ?? '')
    const any = account.arn('redshift-serverless', `${kind}/*`)
    const context = { ...requested(tags), ...tagged('aws:ResourceTag', thing?.tags) }
    return [about(resourceArn ?? thing?.arn ?? any, context)]
  },
  secretsmanager: ({ SecretId = '' }) => [about(SecretId)],
}

// What these list cannot be narrowed down.
const isList = (action: string) => /^(Describe(?!Secret)|List(?!Tags|Role|Attached))/.test(action)

/** Everything that the caller has to be allowed for a call, what it implies included. */
export function wishesOf(call: Call, account: Account): Wish[] {
  const subject = call.input as Subject
  const rule = subjects[nameOf(call)] ?? subjects[call.service]!
  const all = isList(call.action) ? [about('*')] : rule(subject, account)
  const own = all.map((one) => ({ action: nameOf(call), ...one }))
  return [...own, ...(own[0] ? impliedBy(call, subject, own[0]) : [])]
}

function about(resource: string, context: Context = {}): About {
  return { resource, context }
}

function requested(tags: WrittenTag[] = []): Context {
  return tagged('aws:RequestTag', readTags(tags))
}

function tagged(name: string, tags: Tags = {}): Context {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`${name}/${key}`, value]))
}
