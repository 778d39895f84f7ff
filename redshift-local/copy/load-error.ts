/** One row of stl_load_errors, as far as COPY knows it. */
export interface LoadError {
  filename: string
  /** The last line of the row, from 1 on. */
  lineNumber: number
  /** '' where the whole row is wrong. */
  colname: string
  type: string
  colLength: string
  /** Of the wrong character in the line, from 0 on; 0 for a wrong value. */
  position: number
  rawLine: string
  rawFieldValue: string
  errCode: number
  errReason: string
}

/** What is wrong with a row. */
export type RowError = Pick<
  LoadError,
  'colname' | 'type' | 'colLength' | 'rawFieldValue' | 'errCode' | 'errReason'
>

/** The beginning of a text, at most so many bytes of UTF-8, with ? for what is no character. */
export function plainText(text: string, bytes: number): string {
  const start = text.slice(0, bytes).replace(/\0|\p{Surrogate}/gu, '?')
  const encoded = Buffer.from(start)
  if (encoded.length <= bytes) return start
  let end = bytes
  while ((encoded[end]! & 0xc0) === 0x80) end--
  return encoded.toString('utf8', 0, end)
}
