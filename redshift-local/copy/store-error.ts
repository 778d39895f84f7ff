import { ObjectStoreError } from '../../object-store/store'
import { SqlError } from '../errors'

/** What Redshift says where an object store fails (facts A6); another error as it is. */
export function asSqlError(error: unknown): unknown {
  if (!(error instanceof ObjectStoreError)) return error
  const { code, message, hint, answer } = error
  if (answer) {
    const { words, status, error: name, requestId } = answer
    const request = requestId ? `,Rid ${requestId}` : ''
    return new SqlError(
      'XX000',
      `S3ServiceException:${words},Status ${status},Error ${name}${request}`,
    )
  }
  if (code === 'access denied')
    return new SqlError('XX000', 'S3ServiceException:Access Denied,Status 403,Error AccessDenied', {
      detail: message,
    })
  return new SqlError(code === 'unreachable' ? '58030' : 'XX000', message, { hint })
}
