import { UsageError } from '../errors'

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied; choose another folder',
  EPERM: 'permission is denied; choose another folder',
  EROFS: 'the disk is read-only; choose another folder',
  ENOTDIR: 'a part of this path is a file; choose another folder',
  EEXIST: 'a part of this path is a file; choose another folder',
  ENOSPC: 'the disk is full; free some space, or ask for less data',
  EBUSY: 'it is in use or a mounted disk; choose a folder inside it',
  EXDEV: 'it is a mounted disk; choose a folder inside it',
  ENOTEMPTY: 'something was written there meanwhile; choose another folder',
}

/** The code of an error of the operating system, such as ENOENT. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : undefined

/** The same error, told with the folder, the reason and what to do if it is one of the disk. */
export function explained(error: unknown, folder: string): unknown {
  const code = codeOf(error)
  if (code === undefined) return error
  const reason = reasons[code] ?? 'choose another folder'
  return new UsageError(`${folder} cannot be written (${code}): ${reason}`, { cause: error })
}
