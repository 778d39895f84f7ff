import type { S3ServiceException } from '@aws-sdk/client-s3'
import { SqlError } from '../../errors'

/** What Redshift says of a failed request to S3 (facts A6), without anything secret. */
export function s3Error(error: unknown, bucket: string, folder: string): unknown {
  if (!(error instanceof Error) || error.name === 'AbortError' || error instanceof SqlError)
    return error
  if (error.name === 'CredentialsProviderError') {
    return notToBeFound(bucket, folder, 'there are no AWS credentials')
  }
  if (isServiceException(error)) return serviceError(error)
  if (error.message === 'Region is missing') {
    return notToBeFound(bucket, folder, 'no region is set (S3_REGION)')
  }
  const code = 'code' in error ? String(error.code) : error.name
  return new SqlError('58030', `Amazon S3 cannot be reached for bucket "${bucket}": ${code}`)
}

function notToBeFound(bucket: string, folder: string, reason: string): SqlError {
  return new SqlError(
    'XX000',
    `Bucket "${bucket}" is neither a folder in ${folder} nor to be read from Amazon S3: ${reason}`,
    { hint: 'Put the files into that folder (LOCAL_BUCKETS), or set AWS credentials and region.' },
  )
}

function isServiceException(error: Error): error is S3ServiceException {
  return '$metadata' in error && '$fault' in error
}

function serviceError({ name, message, $metadata }: S3ServiceException): SqlError {
  const words = message.replace(/\.$/, '') || name
  const request = $metadata.requestId ? `,Rid ${$metadata.requestId}` : ''
  return new SqlError(
    'XX000',
    `S3ServiceException:${words},Status ${$metadata.httpStatusCode ?? 0},Error ${name}${request}`,
  )
}
