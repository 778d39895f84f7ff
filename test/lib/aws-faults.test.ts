import { expect } from 'chai'
import { describeAwsFault } from '../../lib/warehouse/sign-in'
import { exitCodeOf } from '../../lib/warehouse/errors'

const request = { what: 'Creating the role "sparkify"', action: 'iam:CreateRole' }

/** What AWS refused, as the SDK throws it. */
const refused = (name: string, message = 'No.', $fault = 'client') =>
  Object.assign(new Error(message), { name, $fault, $metadata: { httpStatusCode: 400 } })
const broken = (code: string) =>
  Object.assign(new Error(`connect ${code}`), { code, $metadata: { attempts: 3 } })

const cases: [title: string, error: Error, exitCode: number, said: RegExp][] = [
  [
    'credentials that are missing',
    Object.assign(new Error('Could not load credentials'), { name: 'CredentialsProviderError' }),
    4,
    /^Creating the role "sparkify" needs AWS credentials, .*: Could not load credentials\. Sign in/,
  ],
  ...['ExpiredToken', 'ExpiredTokenException', 'RequestExpired'].map(
    (name): (typeof cases)[number] => [
      name,
      refused(name),
      4,
      /credentials have expired: .*No\. Sign/,
    ],
  ),
  ...[
    'InvalidClientTokenId',
    'UnrecognizedClientException',
    'AuthFailure',
    'SignatureDoesNotMatch',
  ].map((name): (typeof cases)[number] => [
    name,
    refused(name),
    4,
    /AWS does not accept the credentials: .*: No\. Correct them .*clock/,
  ]),
  ...['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation'].map(
    (name): (typeof cases)[number] => [
      name,
      refused(name, 'Not authorized. Encoded authorization failure message: AbCd0123'),
      4,
      /: Not authorized\. They need the permission iam:CreateRole: /,
    ],
  ),
  ...['Throttling', 'ThrottlingException', 'RequestLimitExceeded'].map(
    (name): (typeof cases)[number] => [name, refused(name), 4, /no more requests .* wait a minute/],
  ),
  ...['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'SELF_SIGNED_CERT_IN_CHAIN'].map(
    (code): (typeof cases)[number] => [
      code,
      broken(code),
      4,
      /could not be reached: connect \w+\. Look at the network, at AWS_REGION, and at AWS_ENDPOINT_URL/,
    ],
  ),
  ['no region', new Error('Region is missing'), 2, /needs a region, and AWS_REGION is not set/],
  [
    'what AWS refuses for another reason',
    refused('LimitExceeded', 'Too many roles.'),
    4,
    /because AWS answered LimitExceeded: Too many roles\. Correct what it names/,
  ],
  [
    "a fault of AWS's own",
    refused('InternalFailure', '', 'server'),
    4,
    /because AWS answered InternalFailure\. Run the command again in a minute/,
  ],
  [
    'an answer that is not of AWS',
    Object.assign(new SyntaxError('Unexpected token <'), { $metadata: { httpStatusCode: 200 } }),
    4,
    /does not speak as AWS does \(status 200\)/,
  ],
]

describe('a fault of AWS', () => {
  for (const [title, error, exitCode, said] of cases) {
    it(`is explained: ${title}`, () => {
      const fault = describeAwsFault(error, request)
      expect(fault.message).to.match(said).and.to.not.contain('AbCd0123')
      expect(fault.cause).to.equal(error)
      expect(exitCodeOf(fault)).to.equal(exitCode)
    })
  }

  it('is not made of what has nothing to do with AWS', () => {
    const error = new TypeError('ours')
    expect(describeAwsFault(error, request)).to.equal(error)
  })
})
