/** The beginning of a text, at most so many bytes of UTF-8, with ? for what is no character. */
export function plainText(text: string, bytes: number): string {
  const start = text.slice(0, bytes).replace(/\0|\p{Surrogate}/gu, '?')
  const encoded = Buffer.from(start)
  if (encoded.length <= bytes) return start
  let end = bytes
  while ((encoded[end]! & 0xc0) === 0x80) end--
  return encoded.toString('utf8', 0, end)
}
