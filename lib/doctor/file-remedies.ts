import { excerpt } from './finding'
import type { Fault, Remedy } from './fault'
import { mostRecordBytes } from './records'
import { repairJson, shortened } from './snippets'

const MB = 1024 * 1024

/** What to do about files and records that are not JSON as COPY takes it, by what they show themselves. */
export const fileRemedies: Remedy[] = [
  {
    name: 'a byte order mark',
    codes: [1216],
    when: ({ head }) => head.startsWith('efbbbf'),
    advice: ({ first: { url } }) => ({
      explanation: `${url} begins with a byte order mark, and COPY takes it for a wrong character: save it as UTF-8 without one.`,
      snippet: rewriting(url, (file) => `tail -c +4 ${file}`),
    }),
    example: { code: 1216, head: 'efbbbf7b' },
  },
  {
    name: 'a byte order mark in the middle',
    codes: [1216],
    when: ({ first }) => wrongIn(first).startsWith('\ufeff'),
    advice: ({ first: { url, line } }) => ({
      explanation: `${url} has a byte order mark before the record of line ${line}, as files have that were put together: remove all of them.`,
      snippet: rewriting(url, (file) => String.raw`perl -pe 's/\xEF\xBB\xBF//g' ${file}`),
    }),
    example: { code: 1216, first: firstWith('\ufeff{"a":1}') },
  },
  {
    name: 'UTF-16',
    codes: [1216],
    when: ({ head }) => utf16.test(head),
    advice: ({ first: { url }, head }) => ({
      explanation: `${url} is UTF-16: convert it; or, where all files are, tell Amazon Redshift's COPY: encoding ${encodingOf(head).replace('-', '').toLowerCase()}.`,
      snippet: rewriting(url, (file) => `iconv -f ${encodingOf(head)} -t UTF-8 ${file}`),
    }),
    example: { code: 1216, head: '7b002200' },
  },
  {
    name: 'compressed',
    codes: [1216],
    when: ({ head }) => head.startsWith('1f8b'),
    advice: ({ first: { url } }) => ({
      explanation: `${url} is compressed with GZIP, and COPY was not told: decompress it; or, where all files are, tell COPY: gzip.`,
      snippet: url.endsWith('.gz')
        ? `gunzip ${quoted(nameOf(url))}`
        : rewriting(url, (file) => `gunzip -c < ${file}`),
    }),
    example: { code: 1216, head: '1f8b0800' },
  },
  {
    name: 'larger than COPY takes',
    codes: [1216],
    when: ({ record }) => (record?.bytes ?? 0) > mostRecordBytes,
    advice: ({ first, record }) => ({
      explanation: `The record of ${(record!.bytes / MB).toFixed(1)} MB is larger than the 4 MB that COPY takes: split or remove it:`,
      snippet: `${first.url}, line ${first.line}`,
    }),
    example: {
      code: 1216,
      record: { value: undefined, text: '{', bytes: 5 * MB, line: 1, isWhole: true },
    },
  },
  {
    name: 'a list of records',
    when: ({ first }) => /^\[\s*(\{|$)/.test(first.rawLine),
    advice: ({ first: { url } }) => ({
      explanation: `COPY takes objects one after the other, and ${url} has a list of them: remove the brackets and the commas between them.`,
      snippet: rewriting(url, (file) => `jq -c '.[]' ${file}`),
    }),
    example: { code: 1216, first: firstWith('[{"a":1},{"a":2}]') },
  },
  {
    name: 'cut off',
    codes: [1216],
    when: ({ record }) => record?.isWhole === false,
    advice: ({ first }) => ({
      explanation: `${first.url} ends within a record: it was cut off. Deliver it again; or remove its last record:`,
      snippet: `${first.url}, line ${first.line}: ${excerpt(first.rawLine)}`,
    }),
    example: {
      code: 1216,
      record: { value: undefined, text: '{"a"', bytes: 4, line: 1, isWhole: false },
    },
  },
  {
    name: 'a comma between records',
    codes: [1216],
    when: ({ first }) => /^[,\]]/.test(wrongIn(first)),
    advice: (fault) => ({
      explanation: `Only white space may stand between records: remove what else stands there, as in line ${fault.first.line} of ${fault.first.url}.`,
      snippet: rewriting(fault.first.url, (file) => objectsOf(fault, file)),
    }),
    example: { code: 1216, first: firstWith(',{"a":1}') },
  },
  {
    name: 'a list that is too short for its path',
    codes: [1216],
    when: ({ reason }) => reason.startsWith('Invalid JSONPath format'),
    advice: ({ first, json, key }) => ({
      explanation: `The record has no such element or member. Correct the path of "${key}" in ${json}, or the record:`,
      snippet: `${first.url}, line ${first.line}: ${excerpt(first.rawLine)}`,
    }),
    example: {
      code: 1216,
      reason: 'Invalid JSONPath format: Not an array or index out of range.',
      column: 'song',
    },
  },
  {
    name: 'a record with a common mistake',
    codes: [1216, 1224],
    when: (fault) => repairOf(fault) !== undefined,
    advice: (fault) => {
      const { repaired, rules } = repairOf(fault)!
      const { url, line } = fault.first
      const nulls = nullsOf(repaired, fault.required)
      if (nulls.length > 0)
        rules.push(`Every record needs a value for ${nulls.join(', ')}, not null.`)
      const place = repaired.includes('\n')
        ? `in place of the record that ends in ${url}, line ${line}`
        : `into ${url}, line ${line}`
      return { explanation: `${rules.join(' ')} Put ${place}:`, snippet: repaired }
    },
    example: { code: 1216, reason: 'Invalid value.', first: firstWith("{'title': None}") },
  },
  {
    name: 'a record that is no JSON',
    codes: [1216, 1224],
    advice: ({ first: { url, line, position, rawLine } }) => ({
      explanation: `A JSON object in braces is expected, keys and texts in double quotation marks: it is wrong${position > 0 ? ` at character ${position + 1}` : ''}. Correct or remove ${url}, line ${line}:`,
      snippet: shortened(rawLine),
    }),
    example: { code: 1216, reason: 'Invalid value.' },
  },
]

/** The first error of a fault, in a file with this line. */
export function firstWith(rawLine: string): Fault['first'] {
  return { url: 's3://bucket/file.json', line: 1, position: 0, rawLine, value: '' }
}

/** What COPY stopped at. */
function wrongIn({ rawLine, position }: Fault['first']): string {
  return rawLine.slice(position)
}

// A byte order mark, or a bracket of JSON and NUL in either order.
const utf16 = /^(fffe|feff|..00|00(?!00))/

function encodingOf(head: string): string {
  if (/^(fffe|feff)/.test(head)) return 'UTF-16' // it tells the order itself, and goes
  return head.startsWith('00') ? 'UTF-16BE' : 'UTF-16LE'
}

/** A command that writes a file again, in the folder of the file. */
function rewriting(url: string, command: (file: string) => string): string {
  const file = quoted(nameOf(url))
  const mended = quoted(`${nameOf(url)}.new`)
  return `${command(file)} > ${mended} && mv ${mended} ${file}`
}

function nameOf(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1)
}

function quoted(name: string): string {
  return /^\w[\w.-]*$/.test(name) ? name : `'${name.replaceAll("'", String.raw`'\''`)}'`
}

/** A command that leaves the objects of a file only. */
function objectsOf({ first, record }: Fault, file: string): string {
  const { rawLine, line } = first
  const text = record?.text ?? rawLine
  if (text.startsWith('{') && text.includes('\n'))
    return `(echo '['; sed '$ s/[],[:space:]]*$//' ${file}; echo ']') | jq -c '.[]'`
  if (text.startsWith('{') || /^[\s,]*\{/.test(rawLine))
    return String.raw`jq -cR '"[" + gsub("^[\\s,\\[]+|[\\s,\\]]+$"; "") + "]" | fromjson[]' ${file}`
  return `sed '${line}d' ${file}`
}

function repairOf({ record, first }: Fault) {
  return repairJson(record?.text ?? first.rawLine)
}

function nullsOf(record: string, required: string[]): string[] {
  const value = JSON.parse(record) as Record<string, unknown>
  return required.filter((key) => value[key] === null).map((key) => `"${key}"`)
}
