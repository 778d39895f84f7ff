import { type ScanToken, scan } from 'libpg-query'

/**
 * A query as PostgreSQL's parser takes it: `top 10` is left out, and `minus` is `except`. Both words are
 * reserved in Redshift, so they mean nothing else. What stands elsewhere keeps its line.
 */
export async function asPostgresSpells(sql: string): Promise<string> {
  // What cannot be scanned cannot be parsed either, and the parser says what is wrong.
  const { tokens } = await scan(sql).catch(() => ({ tokens: [] }))
  let bytes = Buffer.from(sql) // the places of tokens count bytes
  const replace = (from: ScanToken, to: ScanToken, text: string) => {
    bytes = Buffer.concat([
      bytes.subarray(0, from.start),
      Buffer.from(text),
      bytes.subarray(to.end),
    ])
  }
  for (const [i, token] of [...tokens.entries()].reverse()) {
    const word = token.text.toLowerCase()
    const next = tokens[i + 1]
    if (word === 'minus') replace(token, token, 'except')
    if (word === 'top' && isSelect(tokens[i - 1]) && next?.tokenName === 'ICONST') {
      replace(token, next, ' '.repeat(next.end - token.start))
    }
  }
  return bytes.toString()
}

function isSelect(token: ScanToken | undefined): boolean {
  return ['select', 'distinct', 'all'].includes(token?.text.toLowerCase() ?? '')
}
