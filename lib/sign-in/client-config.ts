import { keepSecret } from '../redaction/redaction'
import type { Settings } from '../settings'

interface Credentials {
  secretAccessKey: string
  sessionToken?: string
}

/** What the AWS clients of the sign-in have in common; region and endpoint come from the settings. */
export function clientConfig({ AWS_REGION }: Settings) {
  // It would tell every user which Node the SDK's later versions need: that is for us who pin it.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
  return {
    ...(AWS_REGION && { region: AWS_REGION }),
    // Three attempts have to fit into the time that the pool has for a connection.
    requestHandler: {
      connectionTimeout: 3000,
      requestTimeout: 8000,
      throwOnRequestTimeout: true,
    },
  }
}

/** Keeps out of all output what a client signs its requests with, wherever it was found. */
export async function keepCredentials(client: {
  config: { credentials: () => Promise<Credentials> }
}): Promise<void> {
  const { secretAccessKey, sessionToken } = await client.config.credentials()
  keepSecret(secretAccessKey)
  keepSecret(sessionToken)
}
