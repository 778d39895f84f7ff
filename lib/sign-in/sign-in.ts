import { Unreachable } from '../errors'
import { keepSecret } from '../redaction/redaction'
import type { SignInWay, Settings } from '../settings'

/** A name and a password that Redshift takes, and until when, where they are temporary. */
export interface SignedIn {
  user: string
  password: string
  expires?: Date
}

/** What a way to sign in comes by: of what answers in AWS's place, nothing. */
export interface Answered {
  user: string | undefined
  password: string | undefined
  expires?: Date | undefined
}

/** A way to sign in; it imports what it needs itself. */
type SignIn = (settings: Settings) => Promise<Answered>

const ways: Record<SignInWay, SignIn> = {
  iam: async (settings) => {
    if (settings.REDSHIFT_WORKGROUP) {
      return (await import('./with-workgroup.ts')).withWorkgroup(settings)
    }
    return (await import('./with-cluster.ts')).withCluster(settings)
  },
  secret: async (settings) => (await import('./with-secret.ts')).withSecret(settings),
  password: ({ REDSHIFT_USER, REDSHIFT_PASSWORD }) =>
    Promise.resolve({ user: REDSHIFT_USER, password: REDSHIFT_PASSWORD }),
}

/**
 * Signs in the way that the settings name. What it gives is kept out of all output.
 * @throws Unreachable where AWS refuses, or does not answer
 */
export async function signIn(settings: Settings): Promise<SignedIn> {
  const { user, password, expires } = await ways[settings.REDSHIFT_SIGN_IN](settings)
  if (!user || !password) {
    throw new Unreachable(
      'AWS was asked for a name and a password for Redshift, and what answered gave none, so it is ' +
        'not AWS. Look at the network and at AWS_ENDPOINT_URL.',
    )
  }
  keepSecret(password)
  return { user, password, ...(expires && { expires }) }
}
