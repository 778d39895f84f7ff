import { once } from 'node:events'
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { Account, type AccountOptions } from './account'
import { demand } from './action'
import { type Call, isWrite, nameOf } from './call'
import { checkCredentials } from './credentials'
import { type Fault, Faults } from './faults'
import type { Input } from './form'
import { checkPermission } from './permissions'
import { Refusal } from './refusal'
import { services } from './services'

/** One small AWS: an account behind an address. */
export class AwsStub {
  readonly calls: Call[] = []
  /** The permissions that the calls needed: those of their names, and those that they imply. */
  readonly permissions = new Set<string>()
  readonly account: Account
  #happen: (call: Call) => unknown = () => {}
  readonly #faults = new Faults()
  readonly #server = createServer((request, response) => void this.#serve(request, response))

  constructor(private readonly options: AccountOptions) {
    this.account = new Account(options)
  }

  async listen(): Promise<void> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** The calls that would change something, in their order: `iam:CreateRole`. */
  get writes(): string[] {
    return this.calls.filter(isWrite).map(nameOf)
  }

  /** What points a command to this account. */
  get variables(): Record<string, string> {
    const { region, credentials } = this.account
    return { AWS_ENDPOINT_URL: this.url, AWS_REGION: region, ...credentials }
  }

  failNext(fault: Fault): void {
    this.#faults.add(fault)
  }

  /** Has a write (from 1, of those to come) carried out and never answered; resolves when it is. */
  hold(write: number): Promise<Call> {
    return this.#faults.hold(write)
  }

  /** Nothing goes wrong any more. */
  mend(): void {
    this.#faults.clear()
    this.#happen = () => {}
  }

  /** Has something happen in the account with each call, before it is carried out. */
  onCall(happen: (call: Call) => unknown): void {
    this.#happen = happen
  }

  /** Does what somebody else might have done in the account. */
  act(service: string, action: string, input: Input): void {
    services[service]!.actions[action]!.does(input, this.account)
  }

  /** Another account to which just the same has happened. */
  async twin(): Promise<AwsStub> {
    const twin = await startAwsStub(this.options)
    for (const call of this.calls) {
      try {
        twin.#carryOut(call)
      } catch {
        continue // as it was refused here
      }
    }
    return twin
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { service, ...signed } = readScope(request.headers.authorization)
    const { protocol } = services[service]!
    const target = String(request.headers['x-amz-target'] ?? '')
    const call: Call = { service, ...signed, ...protocol.read(target, await text(request)) }
    this.calls.push(call)
    this.#happen(call)
    try {
      const fate = this.#faults.befall(call)
      if (fate === 'drop') request.socket.destroy()
      if (fate === 'drop' || fate === 'hang') return
      const answer = protocol.answer(call.action, this.#carryOut(call))
      if (fate === 'lose') request.socket.destroy()
      else if (!this.#faults.holds(call)) send(response, 200, protocol.contentType, answer)
    } catch (error) {
      const refusal = asRefusal(error)
      send(response, refusal.status, protocol.contentType, protocol.refuse(refusal))
    }
  }

  #carryOut(call: Call) {
    checkCredentials(call, this.account.credentials)
    const action = services[call.service]!.actions[call.action]
    demand(action, 'InvalidAction', `Could not find operation ${call.action}.`)
    const wishes = checkPermission(call, this.account)
    for (const wish of wishes) this.permissions.add(wish.action)
    for (const name of action.needs) {
      demand(call.input[name] !== undefined, 'MissingParameter', `${name} is missing.`)
    }
    demand(
      call.input.DryRun !== 'true',
      'DryRunOperation',
      'Request would have succeeded, but DryRun flag is set.',
      412,
    )
    return action.does(call.input, this.account)
  }
}

/** Starts an AWS of one's own. */
export async function startAwsStub(options: AccountOptions): Promise<AwsStub> {
  const stub = new AwsStub(options)
  await stub.listen()
  return stub
}

/** Who signed the request, and for what: the scope in its Authorization header. */
function readScope(authorization = ''): Pick<Call, 'service' | 'region' | 'accessKey'> {
  const scope = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\/aws4_request/.exec(authorization)
  const [, accessKey = '', region = '', service = 'sts'] = scope ?? []
  return { accessKey, region, service: service in services ? service : 'sts' }
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  return new Refusal('InternalFailure', (error as Error).stack ?? String(error), 500)
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type }).end(body)
}
