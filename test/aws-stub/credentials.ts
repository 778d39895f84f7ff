import type { Account } from './account'
import { Refusal } from './refusal'

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

/** Keys of somebody in another account. */
export const otherCredentials: Credentials = {
  AWS_ACCESS_KEY_ID: 'AKIAI44QH8DHBEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEOTHER',
}

/** Temporary credentials whose time is over. */
export const expiredCredentials = {
  AWS_ACCESS_KEY_ID: 'ASIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY',
  AWS_SESSION_TOKEN: 'AQoDYXdzEJr1K9N8EXAMPLETOKEN',
}

/** Refuses who is unknown, whose time is over, and who signs for a region that is none. */
export function checkCredentials(
  { accessKey, region }: { accessKey: string; region: string },
  accounts: Account[],
): void {
  if (accessKey === expiredCredentials.AWS_ACCESS_KEY_ID)
    throw new Refusal('ExpiredToken', 'The security token included in the request is expired', 403)
  if (!accounts.some(({ credentials }) => credentials.AWS_ACCESS_KEY_ID === accessKey))
    throw new Refusal(
      'InvalidClientTokenId',
      'The security token included in the request is invalid.',
      403,
    )
  if (!/^(us|eu|ap|sa|ca)-(north|south|east|west|central)+-\d$/.test(region))
    throw new Refusal(
      'SignatureDoesNotMatch',
      'Credential should be scoped to a valid region.',
      403,
    )
}
