import { s3Location, type S3Location } from '../../object-store/store'
import { SqlError } from '../errors'
import { asSqlError } from './store-error'

/** @throws SqlError where `url` is not an s3:// URL */
export function copyLocation(url: string): S3Location {
  const scheme = /^(dynamodb|emr|ssh):\/\//.exec(url)?.[1]
  if (scheme)
    throw new SqlError('0A000', `COPY from ${scheme} is not supported by the local Redshift`)
  try {
    return s3Location(url)
  } catch (error) {
    throw asSqlError(error)
  }
}
