import type { Input } from './form'
import { parseForm } from './form'
import type { Refusal } from './refusal'
import { type Answer, xml } from './xml'

/** How a service reads calls and writes answers. */
export interface Protocol {
  contentType: string
  /** The action and its parameters, of the header X-Amz-Target and the body. */
  read: (target: string, body: string) => { action: string; input: Input }
  answer: (action: string, answer: Answer) => string
  refuse: (refusal: Refusal) => string
}

const readForm: Protocol['read'] = (_, body) => ({
  action: new URLSearchParams(body).get('Action') ?? '',
  input: parseForm(body),
})

const requestId = '00000000-0000-4000-8000-000000000000'

/** CloudFormation, Redshift, IAM and STS. */
export const awsQuery: Protocol = {
  contentType: 'text/xml',
  read: readForm,
  answer: (action, answer) =>
    xml(`${action}Response`, {
      [`${action}Result`]: answer,
      ResponseMetadata: { RequestId: requestId },
    }),
  refuse: ({ code, message, status }) =>
    xml('ErrorResponse', {
      Error: { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message },
      RequestId: requestId,
    }),
}

/** Redshift Serverless, Secrets Manager and the Tagging API. */
export const awsJson: Protocol = {
  contentType: 'application/x-amz-json-1.1',
  read: (target, body) => ({
    action: target.slice(target.indexOf('.') + 1),
    input: JSON.parse(body || '{}') as Input,
  }),
  answer: (_, answer) => JSON.stringify(answer),
  refuse: ({ code, message }) => JSON.stringify({ __type: code, message }),
}
