// A backslash escapes in every string of Redshift's, and a string without an end goes to the end.
const token = new RegExp(
  [
    String.raw`(?<blank>\s+|--[^\n]*)`,
    String.raw`(?<exact>(?:[ebnx]|u&)?'(?:[^'\\]|\\[^]|'')*(?:'|$)` +
      String.raw`|"(?:[^"]|"")*(?:"|$)` +
      String.raw`|\$(?<tag>(?:[a-z_\u0080-\uffff][\w\u0080-\uffff]*)?)\$[^]*?(?:\$\k<tag>\$|$))`,
    String.raw`(?<word>\$\d+|[a-z_\u0080-\uffff][\w$\u0080-\uffff]*|(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)`,
    String.raw`(?<operator>[-+*/<>=~!@#%^&|\u0060?]+)`,
    '::|:=|[^]',
  ].join('|'),
  'iy',
)

/**
 * The tokens of a statement, without blanks and comments: words in lower case, strings and quoted names
 * as they are. Two statements that differ in their tokens may mean different things; others do not.
 */
export function sqlTokens(sql: string): string[] {
  return Array.from(scan(sql), ({ text }) => text)
}

/** Where in a text each of its statements begins, by characters from 0 on; an empty one is none. */
export function statementStarts(sql: string): number[] {
  const starts: number[] = []
  let isBefore = true
  for (const { text, at } of scan(sql)) {
    if (isBefore && text !== ';') starts.push(at)
    isBefore = text === ';'
  }
  return starts
}

function* scan(sql: string): Generator<{ text: string; at: number }> {
  let at = 0
  while (at < sql.length) {
    if (sql.startsWith('/*', at)) {
      at = endOfComment(sql, at)
      continue
    }
    const [text, { blank, word, operator }] = match(sql, at)
    const found = operator === undefined ? text : text.slice(0, operatorLength(operator))
    if (blank === undefined) yield { text: word === undefined ? found : found.toLowerCase(), at }
    at += found.length
  }
}

function match(
  sql: string,
  at: number,
): [text: string, groups: Record<string, string | undefined>] {
  token.lastIndex = at
  const found = token.exec(sql)!
  return [found[0], found.groups!]
}

// Comments nest.
function endOfComment(sql: string, start: number): number {
  const mark = /\/\*|\*\//g
  mark.lastIndex = start
  let depth = 0
  for (let found; (found = mark.exec(sql));) {
    depth += found[0] === '/*' ? 1 : -1
    if (depth === 0) return mark.lastIndex
  }
  return sql.length
}

// The rules of PostgreSQL's scanner: a comment ends an operator, and `=-` is two of them, `@-` one.
function operatorLength(run: string): number {
  const comment = run.search(/--|\/\*/)
  let operator = comment > 0 ? run.slice(0, comment) : run
  while (operator.length > 1 && /[+-]$/.test(operator) && !/[~!@#%^&|`?]/.test(operator)) {
    operator = operator.slice(0, -1)
  }
  return operator.length
}
