import { SqlError } from '../errors'

/** An object in Amazon S3, or all objects whose keys begin with `key`. */
export interface S3Location {
  /** As it was written. */
  url: string
  bucket: string
  key: string
}

/** @throws SqlError where `url` is not an s3:// URL */
export function s3Location(url: string): S3Location {
  const [, bucket, key = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(url) ?? []
  if (bucket) return { url, bucket, key }
  const scheme = /^(dynamodb|emr|ssh):\/\//.exec(url)?.[1]
  if (scheme)
    throw new SqlError('0A000', `COPY from ${scheme} is not supported by the local Redshift`)
  throw new SqlError('XX000', `"${url}" is not an s3://bucket/key URL`)
}
