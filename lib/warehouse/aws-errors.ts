import { Unreachable, UsageError } from './errors'

/** What was asked of AWS, for the words of its failure. */
interface AwsRequest {
  /** As a sentence begins: `Signing in to the cluster "sparkify"`. */
  what: string
  /** The permission that it needs: `redshift:GetClusterCredentialsWithIAM`. */
  action: string
}

/** What the AWS SDK throws: what AWS refused has `$fault`, a broken connection a code. */
interface SdkError extends Error {
  code?: string
  $fault?: 'client' | 'server'
  $metadata?: { httpStatusCode?: number }
}

/**
 * The words for what a request to AWS failed with: what was found, and what to do. What a single service
 * has to say (a cluster that is not there) is for the caller to look at before.
 * @returns the error itself, where it is not of AWS's making
 */
export function describeAwsFault(error: unknown, request: AwsRequest): Error {
  if (!(error instanceof Error)) return new Error(String(error))
  // The SDK has no other name for it.
  if (error.message === 'Region is missing') {
    return new UsageError(
      `${request.what} needs a region, and AWS_REGION is not set: an AWS region, us-west-2 is ` +
        'expected. Set it in .env or in the environment.',
      { cause: error },
    )
  }
  const { name, code = '', $fault, $metadata } = error as SdkError
  const fault = faults.find(({ names }) => names.test(name) || names.test(code))
  if (fault) return new Unreachable(fault.say(request, foundIn(error)), { cause: error })
  if (!$metadata) return error
  return new Unreachable(
    $fault
      ? `${request.what} failed, because AWS answered ${foundIn(error)}. ${nextAfter($fault)}`
      : `${request.what} failed, because what answered does not speak as AWS does (status ` +
          `${$metadata.httpStatusCode ?? 'unknown'}). Look at the network and at AWS_ENDPOINT_URL.`,
    { cause: error },
  )
}

function nextAfter(fault: 'client' | 'server'): string {
  return fault === 'server'
    ? 'Run the command again in a minute.'
    : 'Correct what it names, and run the command again.'
}

/** The error's name and words, as the middle of a sentence, without the blob that only AWS can read. */
function foundIn(error: SdkError): string {
  const words = error.message
    .replace(/\s*Encoded authorization failure message: .*/s, '')
    .trim()
    .replace(/\.$/, '')
  return [error.$fault && error.name, words].filter(Boolean).join(': ') || error.code || error.name
}

/** One way in which any request to AWS fails, by the names that the SDK and the services give it. */
interface AwsFault {
  names: RegExp
  say: (request: AwsRequest, found: string) => string
}

const signingIn =
  'Sign in (`aws sso login` or `aws configure`), or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and ' +
  'AWS_SECRET_ACCESS_KEY'

const faults: AwsFault[] = [
  {
    names: /^(CredentialsProviderError|TokenProviderError|MissingAuthenticationToken\w*)$/,
    say: ({ what }, found) =>
      `${what} needs AWS credentials, and none were found: ${found}. ${signingIn}.`,
  },
  {
    names: /^(ExpiredToken|ExpiredTokenException|RequestExpired|TokenRefreshRequired)$/,
    say: ({ what }, found) =>
      `${what} failed, because the AWS credentials have expired: ${found}. ${signingIn}, and ` +
      'AWS_SESSION_TOKEN with temporary ones.',
  },
  {
    names:
      /^(InvalidClientTokenId|UnrecognizedClientException|AuthFailure|InvalidAccessKeyId|SignatureDoesNotMatch|InvalidSignatureException|IncompleteSignature)$/,
    say: ({ what }, found) =>
      `${what} failed, because AWS does not accept the credentials: ${found}. Correct them ` +
      "(AWS_PROFILE, or AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN) and this machine's clock.",
  },
  {
    names: /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|NotAuthorized|Forbidden)$/,
    say: ({ what, action }, found) =>
      `${what} is not allowed to these AWS credentials: ${found}. They need the permission ` +
      `${action}: have it granted, or use other credentials (AWS_PROFILE).`,
  },
  {
    names:
      /^(Throttling|ThrottlingException|ThrottledException|RequestLimitExceeded|TooManyRequestsException|SlowDown)$/,
    say: ({ what }, found) =>
      `${what} failed, because AWS takes no more requests from this account for now: ${found}. ` +
      'It was tried several times; wait a minute and run the command again.',
  },
  {
    names:
      /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|TimeoutError|.*CERT.*|UNABLE_TO_.*)$/,
    say: ({ what }, found) =>
      `${what} failed, because AWS could not be reached: ${found}. Look at the network, at ` +
      'AWS_REGION, and at AWS_ENDPOINT_URL where it is set; then run the command again.',
  },
]
