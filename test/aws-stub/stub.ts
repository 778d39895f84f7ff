import { once } from 'node:events'
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Account } from './account'
import { checkCredentials } from './credentials'
import { actionsOf } from './policy'
import { Refusal } from './refusal'
import { services } from './services'

/** A call as it came. */
export interface Call {
  /** As policies write it: `cloudformation:CreateChangeSet`. */
  name: string
  region: string
  accessKey: string
}

/**
 * What befalls a call: it is refused; answered by HTML, or by 5xx; never answered; the connection is closed
 * before it is carried out, or after (`lose`).
 */
export type Fate = Refusal | 'answer' | 'html' | 'broken' | 'hang' | 'drop' | 'lose'

/** Small AWS: accounts behind an address, told apart by the caller's keys and the region. */
export class AwsStub {
  readonly calls: Call[] = []
  /** What befalls the call of that number, from 0. */
  fate: (call: Call, index: number) => Fate = () => 'answer'
  /** What happens in the account before a call is carried out. */
  happen: (call: Call) => unknown = () => {}
  readonly #server = createServer((request, response) => void this.#serve(request, response))

  constructor(readonly accounts: Account[]) {}

  async listen(): Promise<void> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
  }

  /** What points a command to an account. */
  variablesOf({ region, credentials }: Account): Record<string, string> {
    const { port } = this.#server.address() as AddressInfo
    return { AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`, AWS_REGION: region, ...credentials }
  }

  /** The names of the calls that would change something. */
  get writes(): string[] {
    return this.calls
      .map(({ name }) => name)
      .filter((name) => !/:(Describe|Get|List|Simulate)/.test(name))
  }

  /** Nothing goes wrong any more, and nothing has been called yet. */
  mend(): void {
    this.calls.length = 0
    this.fate = () => 'answer'
    this.happen = () => {}
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { service, region, accessKey } = readScope(request.headers.authorization)
    const { protocol, actions } = services[service]!
    const target = String(request.headers['x-amz-target'] ?? '')
    const { action, input } = protocol.read(target, await text(request))
    const call = { name: `${service === 'tagging' ? 'tag' : service}:${action}`, region, accessKey }
    const fate = this.fate(call, this.calls.length)
    this.calls.push(call)
    if (fate === 'hang') return
    if (fate === 'drop') return void request.socket.destroy()
    if (fate === 'html')
      return send(response, 200, 'text/html', '<html><body>Sign in</body></html>')
    if (fate === 'broken') return send(response, 503, 'text/plain', 'Service Unavailable')
    try {
      if (fate instanceof Refusal) throw fate
      this.happen(call)
      checkCredentials(call, this.accounts)
      const account = this.accountOf(call)
      if (account.policy && !actionsOf(account.policy).includes(call.name) && service !== 'sts')
        throw new Refusal('AccessDenied', `not authorized to perform: ${call.name}`, 403)
      const does = actions[action]
      if (!does) throw new Refusal('InvalidAction', `Could not find operation ${action}.`)
      const answer = protocol.answer(action, does(input as never, account))
      if (fate === 'lose') request.socket.destroy()
      else send(response, 200, protocol.contentType, answer)
    } catch (error) {
      if (fate === 'lose') return void request.socket.destroy()
      const refusal =
        error instanceof Refusal
          ? error
          : new Refusal('InternalFailure', (error as Error).stack ?? String(error), 500)
      send(response, refusal.status, protocol.contentType, protocol.refuse(refusal))
    }
  }

  /** The caller's account: that in the region that was asked, or the first. */
  accountOf({ region, accessKey }: Call): Account {
    const of = this.accounts.filter(
      ({ credentials }) => credentials.AWS_ACCESS_KEY_ID === accessKey,
    )
    return of.find((one) => one.region === region) ?? of[0]!
  }
}

/** Who signed the request, and for what: the scope in its Authorization header. */
function readScope(authorization = '') {
  const scope = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\/aws4_request/.exec(authorization)
  const [, accessKey = '', region = '', service = 'sts'] = scope ?? []
  return { accessKey, region, service: service in services ? service : 'sts' }
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type }).end(body)
}
