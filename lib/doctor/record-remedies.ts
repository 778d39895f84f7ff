import type { Fault } from './fault'
import { keyMeant, keysOf } from './keys'
import { mostRecordBytes } from './record-splitter'
import type { Remedy } from './remedies'

const MB = 1024 * 1024

/** Remedies that the record itself calls for, whatever the code says. */
export const recordRemedies: Remedy[] = [
  {
    name: 'a byte order mark',
    fits: ({ code, head }) => code === 1216 && head.startsWith('efbbbf'),
    advice: ({ first }) => ({
      says: `${first.url} begins with a byte order mark: save it as UTF-8 without one.`,
      paste: String.raw`sed -i '1s/^\xEF\xBB\xBF//' FILE`,
    }),
    example: { code: 1216, head: 'efbbbf7b' },
  },
  {
    name: 'UTF-16',
    fits: ({ code, head }) => code === 1216 && /^(fffe|feff|..00|00(?!00))/.test(head),
    advice: ({ first }) => ({
      says: `${first.url} is UTF-16: save it as UTF-8, or tell COPY with this option.`,
      paste: 'encoding utf16',
    }),
    example: { code: 1216, head: '7b002200' },
  },
  {
    name: 'compressed',
    fits: ({ code, head }) => code === 1216 && head.startsWith('1f8b'),
    advice: ({ first }) => ({
      says: `${first.url} is compressed with GZIP, and COPY was not told: unpack it, or give all files so with this option.`,
      paste: 'gzip',
    }),
    example: { code: 1216, head: '1f8b0800' },
  },
  {
    name: 'larger than COPY takes',
    fits: ({ code, record }) => code === 1216 && (record?.bytes ?? 0) > mostRecordBytes,
    advice: ({ first, record }) => ({
      says: `The record of ${(record!.bytes / MB).toFixed(1)} MB is larger than the 4 MB that COPY takes: split or remove it:`,
      paste: `${first.url}, line ${first.line}`,
    }),
    example: {
      code: 1216,
      record: { value: undefined, text: '{', bytes: 5 * MB, line: 1, isWhole: true },
    },
  },
  {
    name: 'cut off',
    fits: ({ code, record }) => code === 1216 && record?.isWhole === false,
    advice: ({ first }) => ({
      says: `${first.url} ends within a record: it was cut off. Deliver it again; or remove its last record:`,
      paste: `${first.url}, line ${first.line}: ${first.rawLine.slice(0, 200)}`,
    }),
    example: {
      code: 1216,
      record: { value: undefined, text: '{"a"', bytes: 4, line: 1, isWhole: false },
    },
  },
  {
    name: 'a list of records',
    fits: ({ first }) => /^\[\s*(\{|$)/.test(first.rawLine),
    advice: ({ first }) => ({
      says: `COPY takes objects one after the other, and no list of them: remove the brackets and the commas between them.`,
      paste: `jq -c '.[]' FILE   # of ${first.url}`,
    }),
    example: { code: 1216, first: firstWith('[{"a":1},{"a":2}]') },
  },
  {
    name: 'a comma between records',
    fits: ({ code, first }) => code === 1216 && /^[,\]]/.test(first.rawLine.slice(first.position)),
    advice: ({ first }) => ({
      says: 'Between records nothing stands but white space: remove the commas.',
      paste: `jq -c . FILE   # of ${first.url}, line ${first.line}, without the "${first.rawLine[first.position]}"`,
    }),
    example: { code: 1216, first: firstWith(',{"a":1}') },
  },
  {
    name: 'a list that is too short for its path',
    fits: ({ code, reason }) => code === 1216 && reason.startsWith('Invalid JSONPath format'),
    advice: ({ first, json, key }) => ({
      says: `The record has no such element or member. Correct the path of "${key}" in ${json}, or the record:`,
      paste: `${first.url}, line ${first.line}: ${first.rawLine.slice(0, 200)}`,
    }),
    example: {
      code: 1216,
      reason: 'Invalid JSONPath format: Not an array or index out of range.',
      column: 'song',
    },
  },
  {
    name: 'a key in another spelling',
    fits: (fault) => fault.code === 1213 && otherSpelling(fault) !== undefined,
    advice: (fault) => spellingAdvice(fault.key, otherSpelling(fault)!, fault.json),
    example: {
      code: 1213,
      column: 'song_id',
      key: 'song_id',
      record: { value: { Song_ID: 'S' }, text: '{}', bytes: 2, line: 1, isWhole: true },
    },
  },
]

function firstWith(rawLine: string): Fault['first'] {
  return { url: 's3://bucket/file.json', line: 1, position: 0, rawLine, value: '' }
}

function otherSpelling({ record, key, column }: Fault): string | undefined {
  const keys = keysOf(record?.value)
  const meant = keyMeant(column, keys) ?? keyMeant(key, keys)
  return meant === key ? undefined : meant
}

/** What to do where the files spell a key otherwise than COPY was told. */
export function spellingAdvice(
  key: string,
  found: string,
  json: string,
): { says: string; paste: string } {
  const says = `The files have the key "${found}", and COPY looks for "${key}", minding case.`
  if (json.startsWith('s3://'))
    return { says: `${says} In ${json}, replace $['${key}'] by:`, paste: `"$['${found}']"` }
  if (found.toLowerCase() === key)
    return { says: `${says} Let COPY ignore case:`, paste: "format json 'auto ignorecase'" }
  return {
    says: `${says} Name the key in a JSONPaths file, whose paths stand in the order of the columns:`,
    paste: `"$['${found}']"`,
  }
}
