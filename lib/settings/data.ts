import { type Setting, never, region } from './setting'

const s3Url = /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/\S+$/

/** Where the data is, and who reads it. */
export const dataSettings: Setting[] = [
  {
    name: 'LOG_DATA',
    form: s3Url,
    expected: 'the s3:// URL of a folder of event files, s3://bucket/log_data',
    fallback: { development: 's3://sparkify/log_data' },
  },
  {
    name: 'LOG_JSONPATH',
    form: s3Url,
    expected: 'the s3:// URL of a JSONPaths file, s3://bucket/log_json_path.json',
    fallback: { development: 's3://sparkify/log_json_path.json' },
  },
  {
    name: 'SONG_DATA',
    form: s3Url,
    expected: 'the s3:// URL of a folder of song files, s3://bucket/song_data',
    fallback: { development: 's3://sparkify/song_data' },
  },
  {
    name: 'S3_REGION',
    form: region,
    expected: 'an AWS region, us-west-2',
    needed: never,
  },
  {
    name: 'IAM_ROLE_ARN',
    form: /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
    expected: 'the ARN of a role, arn:aws:iam::123456789012:role/name',
    needed: never,
  },
  {
    name: 'WORK_DATA',
    form: s3Url,
    expected: 'the s3:// URL of a folder that may be written, s3://bucket/work',
    fallback: { development: 's3://sparkify-work/loads' },
    needed: never,
  },
]
