import { isFault } from '../aws/faults'
import { type Patience, waitFor } from '../wait'
import type { Role } from './role'

// What Redshift says of a role that IAM has not yet told it of.
const words = /not authorized to assume|must delegate access|can(no|')t assume/i

const names = [
  'InvalidParameterValue',
  'InvalidParameterCombination',
  'ValidationError',
  'Validation',
  'UnauthorizedOperation',
  'AccessDenied',
  'DependentServiceAccessDenied',
]

const limitMs = 120_000

/** Repeats a request until Redshift knows the role, which is new to it for some seconds. */
export function whenRoleIsKnown<T extends object>(
  patience: Patience,
  { name }: Role,
  request: () => Promise<T>,
): Promise<T> {
  const awaited = {
    what: `The role ${name}`,
    usual: '10 to 20 seconds',
    otherwise:
      'Look at its trust policy: redshift.amazonaws.com has to be in it. Then run `up` again.',
  }
  const bounded = { ...patience, limitMs: Math.min(limitMs, patience.limitMs) }
  return waitFor(bounded, awaited, async () => {
    try {
      return { state: 'known', value: await request() }
    } catch (error) {
      if (!isUnknownRole(error)) throw error
      return { state: 'not yet known to Redshift' }
    }
  })
}

function isUnknownRole(error: unknown): boolean {
  return isFault(error, ...names) && words.test((error as Error).message)
}
