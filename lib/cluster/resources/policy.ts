import { s3Location } from '../../../object-store/store'
import { asPrefix } from '../../warehouse/settings'

/** The s3:// URLs that the warehouse reads and writes. */
export interface DataPlaces {
  read: string[]
  /** WORK_DATA, where it is set. */
  written: string | undefined
}

/** A policy as IAM takes it, in JSON. */
export interface PolicyDocument {
  Version: '2012-10-17'
  Statement: object[]
}

/** Who may assume the role: Redshift, and Redshift Serverless where it is used. */
export function trustPolicy(serverless: boolean): PolicyDocument {
  const services = ['redshift', ...(serverless ? ['redshift-serverless'] : [])]
  const Service = services.map((name) => `${name}.amazonaws.com`)
  return policy([{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }])
}

/** What the role may: read the data, write the work folder, use a key where asked for; nothing more. */
export function accessPolicy(
  partition: string,
  data: DataPlaces,
  kmsKey: string | undefined,
): PolicyDocument {
  const written = data.written === undefined ? [] : [placeIn(partition, data.written)]
  const read = data.read.map((url) => placeIn(partition, url))
  const all = [...read, ...written]
  const buckets = [...new Set(all.map(({ bucket }) => bucket))]
  const prefixes = (of: string) =>
    unique(
      all.filter(({ bucket }) => bucket === of),
      'key',
    )
  return policy([
    { Sid: 'Read', ...allow('s3:GetObject', unique(all, 'object')) },
    ...(written.length > 0
      ? [{ Sid: 'Write', ...allow('s3:PutObject', unique(written, 'object')) }]
      : []),
    { Sid: 'Locate', ...allow('s3:GetBucketLocation', buckets) },
    ...buckets.map((bucket, i) => ({
      Sid: `List${i + 1}`,
      ...allow('s3:ListBucket', [bucket]),
      Condition: { StringLike: { 's3:prefix': prefixes(bucket) } },
    })),
    ...(kmsKey === undefined ? [] : [{ Sid: 'Decrypt', ...allow('kms:Decrypt', [kmsKey]) }]),
  ])
}

interface Place {
  /** ARNs of the bucket and of what lies there. */
  bucket: string
  object: string
  /** The pattern of the keys. */
  key: string
}

function placeIn(partition: string, url: string): Place {
  const { bucket: name, key } = s3Location(asPrefix(url))
  // What a policy would take for a pattern or a variable is meant as it is.
  const exact = key.replace(/[*?$]/g, (sign) => `\${${sign}}`)
  const pattern = key.endsWith('/') ? `${exact}*` : exact
  const bucket = `arn:${partition}:s3:::${name}`
  return { bucket, object: `${bucket}/${pattern}`, key: pattern }
}

function unique(places: Place[], field: keyof Place): string[] {
  return [...new Set(places.map((place) => place[field]))]
}

function allow(Action: string, Resource: string[]) {
  return { Effect: 'Allow', Action, Resource }
}

function policy(Statement: object[]): PolicyDocument {
  return { Version: '2012-10-17', Statement }
}
