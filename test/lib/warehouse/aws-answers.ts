import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What AWS answers to a request. */
export interface Answer {
  status?: number
  body: string | object
}

/** What was asked: the operation, and its parameters. */
export interface Asked {
  operation: string
  parameters: Record<string, unknown>
}

/** An endpoint of AWS that gives the answers in their order, and the last one ever after. */
export class AwsAnswers {
  readonly asked: Asked[] = []
  #answers: Answer[] = []
  #server = createServer((request, response) => {
    void this.#read(request).then(() => {
      const { status = 200, body } = (
        this.#answers.length > 1 ? this.#answers.shift() : this.#answers[0]
      )!
      response.writeHead(status, { 'content-type': contentType(body) })
      response.end(typeof body === 'string' ? body : JSON.stringify(body))
    })
  })

  async open(): Promise<void> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening')
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  give(...answers: Answer[]): void {
    this.#answers = answers
    this.asked.length = 0
  }

  async #read(request: IncomingMessage): Promise<void> {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const target = request.headers['x-amz-target']
    if (target !== undefined) {
      const parameters = JSON.parse(body) as Record<string, unknown>
      this.asked.push({ operation: String(target), parameters })
      return
    }
    const { Action, ...parameters } = Object.fromEntries(new URLSearchParams(body))
    this.asked.push({ operation: Action!, parameters })
  }
}

function contentType(body: string | object): string {
  return typeof body === 'string' ? 'text/xml' : 'application/x-amz-json-1.1'
}

/** The answer of GetClusterCredentialsWithIAM. */
export function clusterCredentials(password: string, expires: Date): Answer {
  return {
    body: `<GetClusterCredentialsWithIAMResponse xmlns="http://redshift.amazonaws.com/doc/2012-12-01/">
      <GetClusterCredentialsWithIAMResult>
        <DbUser>IAM:ada</DbUser>
        <DbPassword>${password}</DbPassword>
        <Expiration>${expires.toISOString()}</Expiration>
      </GetClusterCredentialsWithIAMResult>
      <ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>
    </GetClusterCredentialsWithIAMResponse>`,
  }
}

/** What the query protocol answers to a request that fails. */
export function queryFault(code: string, message: string, status = 400): Answer {
  return {
    status,
    body: `<ErrorResponse xmlns="http://redshift.amazonaws.com/doc/2012-12-01/">
      <Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>
      <RequestId>1</RequestId>
    </ErrorResponse>`,
  }
}

/** What the JSON protocols answer to a request that fails. */
export function jsonFault(type: string, message: string, status = 400): Answer {
  return { status, body: { __type: type, message } }
}
