import type { Input } from './form'

/** A call as it came. */
export interface Call {
  /** The name that the call was signed for: redshift, redshift-serverless, iam, ec2, sts, secretsmanager. */
  service: string
  action: string
  input: Input
  region: string
  accessKey: string
}

/** `iam:CreateRole`, as policies write it. */
export function nameOf({ service, action }: Call): string {
  return `${service}:${action}`
}

/** True where a call would change something. */
export function isWrite({ action }: Call): boolean {
  return !/^(Describe|Get|List|Simulate)/.test(action)
}
