import { demand } from './action'

/** Refuses what IAM takes for no policy. */
export function checkDocument(text: string): void {
  const words = 'This policy contains invalid Json'
  const isJson = /^\s*\{/.test(text) && isParsed(text)
  demand(isJson, 'MalformedPolicyDocument', words)
  demand(
    !/"Resource":\s*\[\]/.test(text),
    'MalformedPolicyDocument',
    'Policy statement must contain resources.',
  )
}

function isParsed(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object'
  } catch {
    return false
  }
}
