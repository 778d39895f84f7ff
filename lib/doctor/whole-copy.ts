import { listAll } from '../../object-store/index'
import type { ObjectStore } from '../../object-store/store'
import { type Source, type StoredFile, wordsOf } from '../../sources/source'
import { type Advice, type Finding, mostExamples } from './finding'
import { pathsFinding } from './json-paths'

/**
 * Why a COPY failed that logged no error of a row: what its files and its JSONPaths file show
 * themselves, else what the server's words say.
 */
export async function wholeFaults(
  store: ObjectStore,
  source: Source,
  files: StoredFile[],
  error: unknown,
): Promise<Finding[]> {
  // What may not be read shows nothing: then the words are all there is.
  const shown = await inspect(store, source, files).catch(() => [])
  return shown.length > 0 ? shown : byWords(wordsOf(error))
}

async function inspect(
  store: ObjectStore,
  source: Source,
  files: StoredFile[],
): Promise<Finding[]> {
  const paths = await pathsFinding(store, source, files)
  const removed = await removedFiles(store, source, files)
  return [paths ?? [], removed].flat()
}

async function removedFiles(
  store: ObjectStore,
  { from }: Source,
  files: StoredFile[],
): Promise<Finding[]> {
  const found = new Set((await listAll(store, from)).map(({ url }) => url))
  const removed = files.filter(({ url }) => !found.has(url))
  if (removed.length === 0) return []
  return [
    {
      what: 'The file was removed after it was listed',
      count: removed.length,
      examples: removed.slice(0, mostExamples).map(({ url }) => ({ url })),
      remedy: {
        explanation: 'Deliver it again, or do without it: run again once nobody changes the files.',
        snippet: 'sparkify run',
      },
    },
  ]
}

/** What the server's words say of a COPY that failed as a whole; nothing where they are not known. */
export function byWords(words: string): Finding[] {
  for (const { words: known, advice } of serverErrors) {
    const match = known.exec(words)
    if (!match) continue
    const examples = urlsIn(words).map((url) => ({ url }))
    return [{ what: words, count: 1, examples, remedy: advice(match) }]
  }
  return []
}

function urlsIn(words: string): string[] {
  return [...new Set(words.match(/s3:\/\/[^\s'",]+[^\s'",.:]/g) ?? [])]
}

/** What to do about a COPY that failed as a whole, by Redshift's documented words. */
interface ServerErrorAdvice {
  words: RegExp
  advice: (match: RegExpExecArray) => Advice
  /** What it was seen to say; the tests loop over them. */
  example: string
}

const policy = `{"Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": ["arn:aws:s3:::BUCKET", "arn:aws:s3:::BUCKET/*"]}`

export const serverErrors: ServerErrorAdvice[] = [
  {
    words: /Access ?Denied|Status 403/i,
    advice: () => ({
      explanation:
        "The role that COPY uses may not read the bucket: allow it in the role's policy, or name another role in IAM_ROLE_ARN.",
      snippet: policy,
    }),
    example: 'S3ServiceException:Access Denied,Status 403,Error AccessDenied',
  },
  {
    words: /must be addressed using the specified endpoint|PermanentRedirect|Status 301/i,
    advice: () => ({
      explanation: "The bucket is in another region than the cluster: name the bucket's in .env.",
      snippet: 'S3_REGION=us-west-2',
    }),
    example:
      'S3ServiceException:The bucket you are attempting to access must be addressed using the specified endpoint.,Status 301,Error PermanentRedirect',
  },
  {
    words: /NoSuchBucket|specified bucket does not exist/i,
    advice: () => ({
      explanation: 'There is no such bucket: correct LOG_DATA, SONG_DATA or LOG_JSONPATH in .env.',
      snippet: 'LOG_DATA=s3://bucket/log_data',
    }),
    example: 'S3ServiceException:The specified bucket does not exist,Status 404,Error NoSuchBucket',
  },
  {
    words: /NoSuchKey|specified key does not exist/i,
    advice: () => ({
      explanation:
        'The JSONPaths file or the manifest does not exist: put it where COPY looks for it, or correct LOG_JSONPATH in .env.',
      snippet: 'LOG_JSONPATH=s3://bucket/log_json_path.json',
    }),
    example: 'S3ServiceException:The specified key does not exist,Status 404,Error NoSuchKey',
  },
  {
    words: /specified S3 prefix '(.*)' does not exist/,
    advice: ([, prefix]) => ({
      explanation: `No file begins with "${prefix}": correct the URL in .env, or put the files there.`,
      snippet: 'LOG_DATA=s3://bucket/log_data',
    }),
    example: "The specified S3 prefix 'log_data' does not exist",
  },
  {
    words: /Invalid credentials|not authorized to assume|IAM role .* is not valid/i,
    advice: () => ({
      explanation:
        'The cluster may not use the role: attach it to the cluster, and name it in .env.',
      snippet: 'IAM_ROLE_ARN=arn:aws:iam::123456789012:role/name',
    }),
    example: "Invalid credentials. Must be of the format: credentials 'aws_iam_role=...'",
  },
  {
    words: /Mandatory url is not present in manifest/i,
    advice: () => ({
      explanation:
        'A file of the manifest was removed after it was listed: deliver it again, and run again.',
      snippet: 'sparkify run',
    }),
    example: 'Mandatory url is not present in manifest file',
  },
  {
    words: /COPY with MANIFEST parameter requires full path/i,
    advice: () => ({
      explanation:
        'The manifest no longer exists: check that WORK_DATA is kept until a load is over, and run again.',
      snippet: 'sparkify run',
    }),
    example: 'COPY with MANIFEST parameter requires full path of an Amazon S3 object.',
  },
  {
    words: /Number of jsonpaths and the number of columns should match|Invalid JSONPath/i,
    advice: () => ({
      explanation:
        'The JSONPaths file needs one path a column, in the order of the columns: correct it.',
      snippet: `{"jsonpaths": ["$['first']", "$['second']"]}`,
    }),
    example:
      'Number of jsonpaths and the number of columns should match. JSONPath size: 12, Number of columns in table or column list: 13',
  },
  {
    words: /failed to inflate|not a valid GZIP file/i,
    advice: () => ({
      explanation:
        'A part that --compact wrote is damaged: remove it, for the next run to write it again; or load the files as they are:',
      snippet: 'sparkify run',
    }),
    example: 'failed to inflate with zlib: unexpected end of file.',
  },
]
