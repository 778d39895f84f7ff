import type { Account, Stack } from './account'
import type { Answer } from './xml'
import { Refusal } from './refusal'
import { expand, type Expanded, faultOfParameters, parseTemplate } from './template'

interface Input {
  StackName: string
  ChangeSetName: string
  ChangeSetType?: string
  TemplateBody: string
  Parameters?: { ParameterKey: string; ParameterValue?: string; UsePreviousValue?: string }[]
  Tags?: { Key: string; Value: string }[]
  Capabilities?: string[]
  IncludePropertyValues?: string
  StackPolicyBody?: string
  DeletionMode?: string
  StackDriftDetectionId?: string
  NextToken?: string
}

/** CloudFormation, as its API reference has it: each look at a stack's events lets one step pass. */
export const cloudformation: Record<string, (input: Input, account: Account) => Answer> = {
  DescribeStacks({ StackName }, account) {
    const stack = stackOf(StackName, account)
    return {
      Stacks: {
        member: {
          StackId: stack.id,
          StackName: stack.name,
          StackStatus: stack.status,
          StackStatusReason: stack.reason,
          CreationTime: stack.created,
          Parameters: {
            member: Object.entries(stack.parameters).map(([ParameterKey, ParameterValue]) => ({
              ParameterKey,
              ParameterValue,
            })),
          },
          Outputs: {
            member: Object.entries(stack.outputs).map(([OutputKey, OutputValue]) => ({
              OutputKey,
              OutputValue,
            })),
          },
          Tags: { member: stack.tags },
        },
      },
    }
  },

  DescribeStackEvents({ StackName, NextToken }, account) {
    const stack = stackOf(StackName, account)
    if (!NextToken) stack.steps.shift()?.()
    // Newest first, in pages.
    const all = [...stack.events].reverse()
    const from = Number(NextToken ?? 0)
    return {
      StackEvents: { member: all.slice(from, from + account.eventsAPage) },
      NextToken:
        from + account.eventsAPage < all.length ? String(from + account.eventsAPage) : undefined,
    }
  },

  ListStackResources({ StackName }, account) {
    const stack = stackOf(StackName, account)
    return {
      StackResourceSummaries: {
        member: [...stack.resources].map(([LogicalResourceId, one]) => ({
          LogicalResourceId,
          PhysicalResourceId: one.physicalId,
          ResourceType: one.type,
          ResourceStatus: one.status,
          LastUpdatedTimestamp: stack.created,
        })),
      },
    }
  },

  CreateChangeSet(input, account) {
    const { StackName, ChangeSetName, ChangeSetType = 'UPDATE', Parameters = [] } = input
    let stack = liveStack(StackName, account)
    if (ChangeSetType === 'CREATE' && stack && stack.status !== 'REVIEW_IN_PROGRESS') {
      throw invalid(
        `Stack [${StackName}] already exists and cannot be created again with the changeSet [${ChangeSetName}].`,
      )
    }
    if (ChangeSetType === 'UPDATE') {
      if (!stack) throw invalid(`Stack [${StackName}] does not exist`)
      const isStill = /^(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$/.test(stack.status)
      if (!isStill)
        throw invalid(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`)
    }
    const former = stack?.parameters ?? {}
    const template = parseTemplate(input.TemplateBody)
    const parameters = Object.fromEntries(
      Parameters.map(({ ParameterKey, ParameterValue = '', UsePreviousValue }) => {
        if (UsePreviousValue === 'true' && !(ParameterKey in former))
          throw invalid(`Parameter ${ParameterKey} has no previous value`)
        return [ParameterKey, UsePreviousValue === 'true' ? former[ParameterKey]! : ParameterValue]
      }),
    )
    const fault = faultOfParameters(template, parameters)
    if (fault) throw invalid(fault)
    if (!input.Capabilities?.includes('CAPABILITY_NAMED_IAM'))
      throw new Refusal(
        'InsufficientCapabilitiesException',
        'Requires capabilities : [CAPABILITY_NAMED_IAM]',
      )
    stack ??= account.newStack(StackName)
    for (const [name, declared] of Object.entries(template.Parameters))
      parameters[name] ??= String(declared.Default)
    const expanded = expand(template, parameters, account.placeOf(stack.name))
    const id = `arn:aws:cloudformation:${account.region}:${account.id}:changeSet/${ChangeSetName}/${account.number()}`
    const changes = changesOf(stack, expanded.resources)
    stack.changeSets.set(id, {
      ...{ name: ChangeSetName, changes, parameters, expanded, tags: input.Tags ?? [], looks: 0 },
      // What the outputs say counts as a change, too.
      isEmpty:
        changes.length === 0 &&
        expanded.outputs().every(([name, value]) => stack.outputs[name] === value),
    })
    return { Id: id, StackId: stack.id }
  },

  DescribeChangeSet({ ChangeSetName, IncludePropertyValues }, account) {
    const { set } = changeSetOf(ChangeSetName, account)
    if (set.looks++ === 0) return { Status: 'CREATE_IN_PROGRESS', ExecutionStatus: 'UNAVAILABLE' }
    if (set.isEmpty) {
      const StatusReason =
        "The submitted information didn't contain changes. Submit different information to create a change set."
      return { Status: 'FAILED', ExecutionStatus: 'UNAVAILABLE', StatusReason }
    }
    if (account.refusesChangeSets)
      return { Status: 'FAILED', StatusReason: account.refusesChangeSets }
    const hidden = (text: string | undefined) =>
      IncludePropertyValues === 'true' ? text : undefined
    return {
      Status: 'CREATE_COMPLETE',
      ExecutionStatus: 'AVAILABLE',
      Changes: {
        member: set.changes.map((one) => ({
          Type: 'Resource',
          ResourceChange: {
            Action: one.action,
            LogicalResourceId: one.logicalId,
            ResourceType: one.type,
            Replacement: one.action === 'Modify' ? one.replacement : undefined,
            Details: {
              member: one.details.map(({ Name, before, after, RequiresRecreation }) => ({
                Target: {
                  ...{ Attribute: 'Properties', Name, RequiresRecreation },
                  BeforeValue: hidden(before),
                  AfterValue: hidden(after),
                },
                Evaluation: 'Static',
                ChangeSource: 'DirectModification',
              })),
            },
          },
        })),
      },
    }
  },

  ListChangeSets({ StackName }, account) {
    const { changeSets } = stackOf(StackName, account)
    return { Summaries: { member: [...changeSets.keys()].map((ChangeSetId) => ({ ChangeSetId })) } }
  },

  DeleteChangeSet({ ChangeSetName }, account) {
    for (const stack of account.stacks) stack.changeSets.delete(ChangeSetName)
    return {}
  },

  ExecuteChangeSet({ ChangeSetName }, account) {
    const { stack, set } = changeSetOf(ChangeSetName, account)
    if (stack.status.endsWith('_IN_PROGRESS') && stack.status !== 'REVIEW_IN_PROGRESS') {
      const words = `ChangeSet [${ChangeSetName}] cannot be executed in its current stack status of [${stack.status}]`
      throw new Refusal('InvalidChangeSetStatus', words)
    }
    const isNew = stack.status === 'REVIEW_IN_PROGRESS'
    stack.changeSets.clear()
    const former = { parameters: stack.parameters, resources: new Map(stack.resources) }
    Object.assign(stack, { parameters: set.parameters, ...(isNew ? { tags: set.tags } : {}) })
    account.begin(stack, isNew ? 'CREATE' : 'UPDATE', () => {
      for (const { logicalId, type, action } of set.changes) {
        const how = { Add: 'CREATE', Modify: 'UPDATE', Remove: 'DELETE' }[action]
        account.step(stack, logicalId, type, how, () => {
          if (action === 'Remove') stack.resources.delete(logicalId)
          else account.put(stack, logicalId, set.expanded.resources.get(logicalId)!)
        })
      }
      account.end(
        stack,
        isNew ? 'CREATE' : 'UPDATE',
        () => {
          stack.outputs = Object.fromEntries(set.expanded.outputs())
        },
        former,
      )
    })
    return {}
  },

  DeleteStack({ StackName, DeletionMode }, account) {
    const stack = stackOf(StackName, account)
    if (stack.status === 'DELETE_COMPLETE' || stack.status === 'DELETE_IN_PROGRESS') return {}
    if (stack.status === 'REVIEW_IN_PROGRESS') stack.status = 'DELETE_COMPLETE'
    else account.remove(stack, DeletionMode === 'FORCE_DELETE_STACK')
    return {}
  },

  ContinueUpdateRollback({ StackName }, account) {
    const stack = stackOf(StackName, account)
    if (stack.status !== 'UPDATE_ROLLBACK_FAILED')
      throw invalid(`Stack:${stack.id} is in ${stack.status} state`)
    account.begin(stack, 'UPDATE_ROLLBACK', () => account.end(stack, 'UPDATE_ROLLBACK', () => {}))
    return {}
  },

  SetStackPolicy({ StackName, StackPolicyBody = '' }, account) {
    stackOf(StackName, account).policy = StackPolicyBody
    return {}
  },

  DetectStackDrift({ StackName }, account) {
    account.driftLooks = 0
    return { StackDriftDetectionId: stackOf(StackName, account).id.slice(-17) }
  },

  DescribeStackDriftDetectionStatus({ StackDriftDetectionId }, account) {
    const isDone = account.driftLooks++ > 0
    return {
      StackDriftDetectionId,
      DetectionStatus: isDone ? 'DETECTION_COMPLETE' : 'DETECTION_IN_PROGRESS',
      Timestamp: new Date(),
    }
  },

  DescribeStackResourceDrifts({ StackName }, account) {
    const stack = stackOf(StackName, account)
    const drifted = [...stack.resources].map(([LogicalResourceId, one]) => ({
      ...{ LogicalResourceId, ResourceType: one.type, StackId: stack.id, Timestamp: new Date() },
      StackResourceDriftStatus: one.isGone
        ? 'DELETED'
        : one.drift.length > 0
          ? 'MODIFIED'
          : 'IN_SYNC',
      PropertyDifferences: { member: one.drift },
    }))
    return { StackResourceDrifts: { member: drifted } }
  },
}

const invalid = (words: string) => new Refusal('ValidationError', words)

function liveStack(name: string, { stacks }: Account): Stack | undefined {
  return stacks.find((one) => one.name === name && one.status !== 'DELETE_COMPLETE')
}

function stackOf(nameOrId: string, account: Account): Stack {
  const found = account.stacks.find(({ id }) => id === nameOrId) ?? liveStack(nameOrId, account)
  if (!found) throw invalid(`Stack with id ${nameOrId} does not exist`)
  return found
}

function changeSetOf(id: string, { stacks }: Account) {
  for (const stack of stacks) {
    const set = stack.changeSets.get(id)
    if (set) return { stack, set }
  }
  throw new Refusal('ChangeSetNotFound', `ChangeSet [${id}] does not exist`, 404)
}

export interface ResourceChange {
  action: 'Add' | 'Modify' | 'Remove'
  logicalId: string
  type: string
  replacement: 'True' | 'False'
  details: {
    Name: string
    before: string | undefined
    after: string | undefined
    RequiresRecreation: string
  }[]
}

/** The properties for which CloudFormation makes a resource anew; the test of the template compares them. */
export const replacedFor: Record<string, string[]> = {
  'AWS::IAM::Role': ['RoleName'],
  'AWS::EC2::SecurityGroup': ['GroupDescription', 'VpcId'],
  'AWS::Redshift::Cluster': [
    ...['ClusterIdentifier', 'ClusterSubnetGroupName', 'DBName', 'MasterUsername'],
  ],
  'AWS::RedshiftServerless::Namespace': ['NamespaceName', 'Tags'],
  'AWS::RedshiftServerless::Workgroup': ['NamespaceName', 'WorkgroupName'],
}

/** What differs between what a stack has and what it is to have; replacement by CloudFormation's own types. */
function changesOf(stack: Stack, wanted: Map<string, Expanded>): ResourceChange[] {
  const text = (value: unknown) =>
    value === undefined ? undefined : typeof value === 'string' ? value : JSON.stringify(value)
  const changes: ResourceChange[] = []
  for (const [logicalId, { type, properties }] of wanted) {
    const former = stack.resources.get(logicalId)
    if (!former) {
      changes.push({ action: 'Add', logicalId, type, replacement: 'False', details: [] })
      continue
    }
    const names = new Set([...Object.keys(former.properties), ...Object.keys(properties)])
    const details = [...names].flatMap((Name) => {
      const [before, after] = [text(former.properties[Name]), text(properties[Name])]
      if (before === after) return []
      const isNew = replacedFor[type]?.includes(Name)
      return [{ Name, before, after, RequiresRecreation: isNew ? 'Always' : 'Never' }]
    })
    if (details.length === 0) continue
    const isReplaced = details.some(({ RequiresRecreation }) => RequiresRecreation === 'Always')
    changes.push({
      action: 'Modify',
      logicalId,
      type,
      replacement: isReplaced ? 'True' : 'False',
      details,
    })
  }
  for (const [logicalId, { type }] of stack.resources) {
    if (!wanted.has(logicalId))
      changes.push({ action: 'Remove', logicalId, type, replacement: 'False', details: [] })
  }
  return changes
}
