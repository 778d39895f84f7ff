import { UsageError } from '../../warehouse/errors'
import type { Variables } from '../settings'
import type { Account, Aws } from './aws'

const form = /^[a-z]{2}(-[a-z]+)+-\d$/

/**
 * The region that is meant: of --region, AWS_REGION (of the environment or `.env`), or the AWS profile.
 * @throws UsageError where none is set, or it has not the form of one
 */
export async function resolveRegion(
  option: string | undefined,
  variables: Variables,
): Promise<string> {
  const set = option ?? (variables.AWS_REGION || variables.AWS_DEFAULT_REGION)
  const region = set ?? (await regionOfProfile())
  if (region !== undefined && form.test(region)) return region
  const found =
    region === undefined ? 'No region is set' : `The region is ${JSON.stringify(region)}`
  throw new UsageError(
    `${found}: an AWS region is expected, us-west-2. Give --region, or set AWS_REGION in .env.`,
  )
}

// The SDK reads the profile; it throws where there is no region in it.
async function regionOfProfile(): Promise<string | undefined> {
  const { STSClient } = await import('@aws-sdk/client-sts')
  return new STSClient({}).config.region().catch(() => undefined)
}

/** Who calls; that the credentials are there and good shows here, before anything else. */
export async function identify(aws: Aws, region: string): Promise<Account> {
  const { Account: id = '', Arn: caller = '' } = await aws.call('sts', 'GetCallerIdentity', {})
  return { id, partition: caller.split(':')[1] ?? 'aws', region, caller }
}
