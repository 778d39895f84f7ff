type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or }' | ', or ]'

const quote = 0x22
const backslash = 0x5c

/**
 * Finds the end of one JSON object or array in text that comes piece by piece, or the first
 * character that cannot be there. Whether words and numbers are right is left to JSON.parse.
 */
export class JsonScanner {
  /** Where in the text the next character is to be read; after 'fault', the wrong one. */
  position: number
  #open: string[] = []
  #expected: Expected = 'value'
  #inside: 'string' | 'word' | undefined

  constructor(start: number) {
    this.position = start
  }

  /** @param text from its start as far as it is known; give more of it after 'more' */
  scan(text: string): 'end' | 'more' | 'fault' {
    while (this.position < text.length) {
      if (this.#inside === 'string') {
        const string = this.#scanString(text)
        if (string !== 'end') return string
      } else if (this.#inside === 'word') {
        this.#scanWord(text)
      } else {
        const character = text[this.position]!
        if (!isSpace(character) && !this.#take(character)) return 'fault'
        this.position++
        if (this.#open.length === 0) return 'end'
      }
    }
    return 'more'
  }

  #scanString(text: string): 'end' | 'more' | 'fault' {
    for (;;) {
      const code = text.charCodeAt(this.position)
      if (code === quote) break
      if (code < 0x20) return 'fault'
      const size = code === backslash ? 2 : 1
      if (!(this.position + size <= text.length)) return 'more'
      this.position += size
    }
    this.position++
    this.#inside = undefined
    return 'end'
  }

  #scanWord(text: string) {
    while (this.position < text.length && !/[\s,:{}[\]"]/.test(text[this.position]!))
      this.position++
    if (this.position < text.length) this.#inside = undefined
  }

  #take(character: string): boolean {
    const expected = this.#expected
    if (character === '"') return this.#takeString(expected)
    if (character === ':') return this.#turn(expected === ':', 'value')
    if (character === ',') {
      const separates = expected === ', or }' || expected === ', or ]'
      return this.#turn(separates, expected === ', or }' ? 'key' : 'value')
    }
    if (character === '}') return this.#close(expected === ', or }' || expected === 'key or }')
    if (character === ']') return this.#close(expected === ', or ]' || expected === 'value or ]')
    return this.#takeValue(character, expected === 'value' || expected === 'value or ]')
  }

  #takeString(expected: Expected): boolean {
    this.#inside = 'string'
    if (expected === 'key' || expected === 'key or }') return this.#turn(true, ':')
    return this.#turn(expected === 'value' || expected === 'value or ]', this.#afterValue())
  }

  #takeValue(character: string, fits: boolean): boolean {
    if (character === '{' || character === '[') {
      this.#open.push(character)
      return this.#turn(fits, character === '{' ? 'key or }' : 'value or ]')
    }
    this.#inside = 'word'
    return this.#turn(fits, this.#afterValue())
  }

  #close(fits: boolean): boolean {
    this.#open.pop()
    return this.#turn(fits, this.#afterValue())
  }

  #turn(fits: boolean, next: Expected): boolean {
    this.#expected = next
    return fits
  }

  #afterValue(): Expected {
    return this.#open.at(-1) === '{' ? ', or }' : ', or ]'
  }
}

function isSpace(character: string): boolean {
  return character === ' ' || character === '\n' || character === '\r' || character === '\t'
}
