import type { Advice } from './finding'

/** A COPY that failed as a whole, by what Redshift says of it in its documented words. */
interface Saying {
  words: RegExp
  advice: (match: RegExpExecArray) => Advice
  /** What it was seen to say; the tests loop over them. */
  example: string
}

const policy = `{"Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": ["arn:aws:s3:::BUCKET", "arn:aws:s3:::BUCKET/*"]}`

export const sayings: Saying[] = [
  {
    words: /Access ?Denied|Status 403/i,
    advice: () => ({
      says: "The role that COPY uses may not read the bucket: allow it in the role's policy, or name another role in IAM_ROLE_ARN.",
      paste: policy,
    }),
    example: 'S3ServiceException:Access Denied,Status 403,Error AccessDenied',
  },
  {
    words: /must be addressed using the specified endpoint|PermanentRedirect|Status 301/i,
    advice: () => ({
      says: "The bucket is in another region than the cluster: name the bucket's in .env.",
      paste: 'S3_REGION=us-west-2',
    }),
    example:
      'S3ServiceException:The bucket you are attempting to access must be addressed using the specified endpoint.,Status 301,Error PermanentRedirect',
  },
  {
    words: /NoSuchBucket|specified bucket does not exist/i,
    advice: () => ({
      says: 'There is no such bucket: correct LOG_DATA, SONG_DATA or LOG_JSONPATH in .env.',
      paste: 'LOG_DATA=s3://bucket/log_data',
    }),
    example: 'S3ServiceException:The specified bucket does not exist,Status 404,Error NoSuchBucket',
  },
  {
    words: /NoSuchKey|specified key does not exist/i,
    advice: () => ({
      says: 'The JSONPaths file or the manifest is not there: put it where COPY looks for it, or correct LOG_JSONPATH in .env.',
      paste: 'LOG_JSONPATH=s3://bucket/log_json_path.json',
    }),
    example: 'S3ServiceException:The specified key does not exist,Status 404,Error NoSuchKey',
  },
  {
    words: /specified S3 prefix '(.*)' does not exist/,
    advice: ([, prefix]) => ({
      says: `No file begins with "${prefix}": correct the URL in .env, or put the files there.`,
      paste: 'LOG_DATA=s3://bucket/log_data',
    }),
    example: "The specified S3 prefix 'log_data' does not exist",
  },
  {
    words: /Invalid credentials|not authorized to assume|IAM role .* is not valid/i,
    advice: () => ({
      says: 'The cluster may not use the role: attach it to the cluster, and name it in .env.',
      paste: 'IAM_ROLE_ARN=arn:aws:iam::123456789012:role/name',
    }),
    example: "Invalid credentials. Must be of the format: credentials 'aws_iam_role=...'",
  },
  {
    words: /Mandatory url is not present in manifest/i,
    advice: () => ({
      says: 'A file of the manifest went away after it was listed: deliver it again, and run again.',
      paste: 'sparkify run',
    }),
    example: 'Mandatory url is not present in manifest file',
  },
  {
    words: /COPY with MANIFEST parameter requires full path/i,
    advice: () => ({
      says: 'There is no manifest where it was written: check that WORK_DATA is kept until a load is over, and run again.',
      paste: 'sparkify run',
    }),
    example: 'COPY with MANIFEST parameter requires full path of an Amazon S3 object.',
  },
  {
    words: /Number of jsonpaths and the number of columns should match|Invalid JSONPath/i,
    advice: () => ({
      says: 'The JSONPaths file needs one path a column, in the order of the columns: correct it.',
      paste: `{"jsonpaths": ["$['first']", "$['second']"]}`,
    }),
    example:
      'Number of jsonpaths and the number of columns should match. JSONPath size: 12, Number of columns in table or column list: 13',
  },
  {
    words: /failed to inflate|not a valid GZIP file/i,
    advice: () => ({
      says: 'A compressed file is damaged: check it, and deliver it again; or leave it out:',
      paste: 'sparkify run --quarantine',
    }),
    example: 'failed to inflate with zlib: unexpected end of file.',
  },
]

/** The files that an error names, and what to do about it; undefined for words that are not known. */
export function adviceFor(words: string): { advice: Advice; urls: string[] } | undefined {
  for (const { words: known, advice } of sayings) {
    const match = known.exec(words)
    if (match) return { advice: advice(match), urls: urlsIn(words) }
  }
  return undefined
}

function urlsIn(words: string): string[] {
  return [...new Set(words.match(/s3:\/\/[^\s'",]+[^\s'",.:]/g) ?? [])]
}
