import { demand } from './action'
import type { Call } from './call'

/** The keys of a caller, as the environment has them. */
export interface Credentials extends Record<string, string> {
  AWS_ACCESS_KEY_ID: string
  AWS_SECRET_ACCESS_KEY: string
}

/** Keys that are good (AWS's documented examples). */
export const goodCredentials: Credentials = {
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
}

/** Temporary credentials whose time is over. */
export const expiredCredentials = {
  AWS_ACCESS_KEY_ID: 'ASIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY',
  AWS_SESSION_TOKEN: 'AQoDYXdzEJr1K9N8EXAMPLETOKEN',
}

// The services have words of their own for the same.
const expired: Record<string, string> = {
  ec2: 'RequestExpired',
  'redshift-serverless': 'ExpiredTokenException',
  secretsmanager: 'ExpiredTokenException',
}
const unknown: Record<string, string> = {
  ec2: 'AuthFailure',
  'redshift-serverless': 'UnrecognizedClientException',
  secretsmanager: 'UnrecognizedClientException',
}

/** Refuses who is unknown, whose time is over, and who signs for a region that is none. */
export function checkCredentials({ service, accessKey, region }: Call, known: Credentials): void {
  demand(
    accessKey !== expiredCredentials.AWS_ACCESS_KEY_ID,
    expired[service] ?? 'ExpiredToken',
    'The security token included in the request is expired',
    403,
  )
  demand(
    accessKey === known.AWS_ACCESS_KEY_ID,
    unknown[service] ?? 'InvalidClientTokenId',
    'The security token included in the request is invalid.',
    403,
  )
  demand(
    /^(us|eu|ap|sa|ca)-(north|south|east|west|central)+-\d$/.test(region),
    'SignatureDoesNotMatch',
    'Credential should be scoped to a valid region.',
    403,
  )
}
