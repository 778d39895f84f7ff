import { SqlError } from '../../errors'

/** No file of this name: it, or a folder on the way to it, does not exist; or it is a folder. */
export function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG'].includes(codeOf(error))
}

/** What S3 would say of a file that cannot be read. */
export function fileError(error: unknown, name: string): SqlError {
  const code = codeOf(error)
  if (code === 'EACCES' || code === 'EPERM')
    return new SqlError('XX000', 'S3ServiceException:Access Denied,Status 403,Error AccessDenied', {
      detail: `${name} may not be read or written.`,
    })
  return new SqlError('58030', `${name} cannot be read or written: ${code}`)
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
