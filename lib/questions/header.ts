import { UsageError } from '../errors'

const required = ['title', 'answers', 'key'] as const
const known = [...required, 'chart'] as const

type Word = (typeof known)[number]

/** What stands behind a word of the header, and on which line. */
export interface Said {
  text: string
  line: number
}

/** The comment lines that a .sql file begins with, and what follows. */
export interface Header {
  words: Partial<Record<Word, Said>>
  /** The text behind the header, and the line that it begins on. */
  rest: string
  end: number
}

const expected = `expected ${known.map((word) => `"-- ${word}: …"`).join(', ')}`

/**
 * Reads a header: lines of `-- word: text`. A text goes on in lines of `--   text`.
 * @throws UsageError that names every word that is missing, unknown or there twice, by file and line
 */
export function readHeader(file: string, content: string): Header {
  const lines = content.trimEnd().split(/\r?\n/)
  const start = lines.findIndex((line) => !/^\s*(--.*)?$/.test(line))
  const end = start < 0 ? lines.length : start
  const words: Header['words'] = {}
  const faults: string[] = []
  let last: Said | undefined
  for (const [i, line] of lines.slice(0, end).entries()) {
    const [, word, more, said] = /^--(?: (\w+):|( {2,})|)(.*)$/.exec(line.trimEnd()) ?? []
    const text = said?.trim() ?? ''
    if (more && last) last.text += ` ${text}`
    else if (word && isKnown(word) && !words[word]) last = words[word] = { text, line: i + 1 }
    else if (word) faults.push(`${file}:${i + 1}: ${complaint(word)}; ${expected}.`)
    else if (text) faults.push(`${file}:${i + 1}: ${JSON.stringify(line)} is found; ${expected}.`)
  }
  const missing = required.filter((word) => !words[word]?.text)
  faults.push(...missing.map((word) => `${file}:1: the header says no ${word}; ${expected}.`))
  if (faults.length > 0) throw new UsageError(faults.join('\n'))
  return { words, rest: lines.slice(end).join('\n'), end: end + 1 }
}

function isKnown(word: string): word is Word {
  return known.includes(word as Word)
}

function complaint(word: string): string {
  return isKnown(word) ? `"${word}" is there twice` : `there is no header word "${word}"`
}
