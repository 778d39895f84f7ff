import { describe, Unreachable } from '../../warehouse/errors'

/**
 * True where AWS answered with one of these faults, whichever of the ways of writing its name it has:
 * ClusterNotFound is ClusterNotFoundFault to the SDK.
 */
export function isFault(error: unknown, ...names: string[]): boolean {
  return names.includes(faultName(error))
}

/** The name of the fault that AWS answered with, without Fault or Exception; '' where it did not answer. */
export function faultName(error: unknown): string {
  const { cause } = (error ?? {}) as { cause?: unknown }
  const answer = cause ?? error
  if (!(answer instanceof Error) || !('$metadata' in answer)) return ''
  return answer.name.replace(/(Fault|Exception)$/, '')
}

/** What a request gives, or undefined where AWS says by one of these faults that there is no such thing. */
export async function unlessAbsent<T>(
  request: Promise<T>,
  ...names: string[]
): Promise<T | undefined> {
  try {
    return await request
  } catch (error) {
    if (isFault(error, ...names)) return undefined
    throw error
  }
}

/**
 * True where there is no such service: in a region that does not have it, or at an endpoint in AWS's place
 * that answers as nothing of AWS does, or that it does not know the operation.
 */
export function isNotOffered(error: unknown): boolean {
  const { cause } = (error ?? {}) as { cause?: unknown }
  const { code, name, $fault, $metadata } = (cause ?? error) as {
    code?: string
    name?: string
    $fault?: string
    $metadata?: object
  }
  if (code === 'ENOTFOUND' || /^(UnknownOperation|NotImplemented)/.test(name ?? '')) return true
  return $metadata !== undefined && $fault === undefined
}

/** What is to be done about what AWS refuses in making a cluster. */
const advice: [RegExp, string][] = [
  [
    /^Insufficient(Cluster)?Capacity$/,
    'AWS has no room for it now. Try another --node-type, another --region or --serverless, or try ' +
      'again later: what is made already is adopted.',
  ],
  [
    /QuotaExceeded$|LimitExceeded$/,
    'A quota of the account is reached. Ask for a higher one (Service Quotas, Amazon Redshift), or ' +
      'remove what is no longer needed; `up` goes on from there.',
  ],
  [
    /^(InvalidVPCNetworkState|InvalidSubnet|SubnetAlreadyInUse)$/,
    'The network does not fit. Name another one with --vpc and --subnets; --public needs a VPC with ' +
      'an internet gateway.',
  ],
  [
    /^(InvalidClusterSnapshotState|ClusterSnapshotAlreadyExists)$/,
    'Choose another name for --snapshot.',
  ],
]

/** A fault with what is to be done about it, where we know it. */
export function adviceFor(fault: Error): Error {
  const known = advice.find(([names]) => names.test(faultName(fault)))
  if (!known) return fault
  return new Unreachable(`${describe(fault)}\n${known[1]}`, { cause: fault.cause })
}
