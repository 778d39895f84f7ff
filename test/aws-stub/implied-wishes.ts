import type { Call } from './call'
import type { Wish } from './policy'
import type { Subject } from './wishes'

/** The permission to tag what is being made, by service. */
const tagging: Record<string, string> = {
  iam: 'iam:TagRole',
  ec2: 'ec2:CreateTags',
  redshift: 'redshift:CreateTags',
  'redshift-serverless': 'redshift-serverless:TagResource',
}

/** What a call needs beside its own permission: roles are passed, and new things tagged. */
export function impliedBy({ service, action }: Call, subject: Subject, own: Wish): Wish[] {
  const { IamRoles, AddIamRoles, iamRoles } = subject
  const passed = (IamRoles ?? AddIamRoles ?? iamRoles ?? []).map((resource) => ({
    action: 'iam:PassRole',
    resource,
    context: { 'iam:PassedToService': `${service}.amazonaws.com` },
  }))
  const tags = subject.Tags ?? subject.tags ?? subject.TagSpecification
  if (!tags || action.includes('Tag')) return passed
  const resource = own.resource.replace(/security-group\/sg.*/, 'security-group-rule/*')
  const context = { ...own.context, 'ec2:CreateAction': action }
  return [...passed, { action: tagging[service]!, resource, context }]
}
