import { EC2Client } from '@aws-sdk/client-ec2'
import { IAMClient } from '@aws-sdk/client-iam'
import { RedshiftClient } from '@aws-sdk/client-redshift'
import { RedshiftServerlessClient } from '@aws-sdk/client-redshift-serverless'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { STSClient } from '@aws-sdk/client-sts'
import { mockClient } from 'aws-sdk-client-mock'
import type { Call, Service } from '../../../lib/cluster/aws/aws'
import { type Answer, answersOf } from './account'

const clients = {
  sts: STSClient,
  iam: IAMClient,
  ec2: EC2Client,
  redshift: RedshiftClient,
  'redshift-serverless': RedshiftServerlessClient,
  secretsmanager: SecretsManagerClient,
} satisfies Record<Service, unknown>

/** What of the mocking library is used, whatever the client. */
interface Mock {
  send: { callsFake: (send: (command: Sent) => Promise<unknown>) => void }
  restore: () => void
}

interface Sent {
  constructor: { name: string }
  input: Record<string, unknown>
}

/** An account behind the SDK's clients: it is empty, keeps what is made, and answers at once. */
export class MockedAws {
  readonly calls: Call[] = []
  /** What is there, by kind. */
  readonly made = new Map<string, Record<string, unknown>>()
  readonly #answers = answersOf(this.made)
  readonly #once = new Map<string, Answer[]>()
  readonly #mocks: Mock[] = []

  constructor() {
    for (const [service, client] of Object.entries(clients)) {
      const mock = mockClient(client as never) as unknown as Mock
      mock.send.callsFake((command: Sent) => this.#answer(service as Service, command))
      this.#mocks.push(mock)
    }
  }

  /** Answers the next calls of an operation so, one after the other. */
  next(call: string, ...answers: Answer[]): void {
    this.#once.set(call, [...(this.#once.get(call) ?? []), ...answers])
  }

  /** Answers all calls of an operation so. */
  always(call: string, answer: Answer): void {
    this.#answers[call] = answer
  }

  /** The names of the calls that changed something. */
  get writes(): string[] {
    return this.calls.map(nameOf).filter((name) => !/:(Get|List|Describe|Simulate)/.test(name))
  }

  inputOf(call: string): object | undefined {
    return this.calls.find((one) => nameOf(one) === call)?.input
  }

  restore(): void {
    for (const mock of this.#mocks) mock.restore()
  }

  async #answer(service: Service, { constructor, input }: Sent): Promise<unknown> {
    const call = { service, operation: constructor.name.replace(/Command$/, ''), input }
    this.calls.push(call)
    const answer = this.#once.get(nameOf(call))?.shift() ?? this.#answers[nameOf(call)]
    if (!answer) throw new Error(`${nameOf(call)} has no answer.`)
    return Promise.resolve(answer(input))
  }
}

/** A call as it is named in permissions. */
export function nameOf({ service, operation }: Call): string {
  return `${service}:${operation}`
}
