import type { AnswerColumn } from './answer'

/** A value as text by which it is equal to others of its type: 3 and 3.0, midnight and the day. */
export function canonical(type: AnswerColumn['type'], value: unknown): string | null {
  if (value === null || value === undefined) return null
  return forms[type](typeof value === 'string' ? value : JSON.stringify(value))
}

const forms: Record<AnswerColumn['type'], (text: string) => string> = {
  text: (text) => text,
  boolean: (text) =>
    /^(t|true)$/i.test(text) ? 'true' : /^(f|false)$/i.test(text) ? 'false' : text,
  number: canonicalNumber,
  time: (text) =>
    text
      .replace(/^(\d{4,}-\d\d-\d\d)T/, '$1 ')
      .replace(/(\.\d*?)0+$/, '$1')
      .replace(/\.$/, '')
      .replace(/ 00:00(:00)?$/, ''),
}

// As text, because a bigint has more digits than a JavaScript number.
function canonicalNumber(text: string): string {
  const [, sign, whole, fraction = ''] = /^([+-]?)0*(\d*)(?:\.(\d*?)0*)?$/.exec(text) ?? []
  if (whole === undefined || !/\d/.test(text)) return numberOf(text)
  const digits = `${whole || '0'}${fraction && `.${fraction}`}`
  return sign === '-' && digits !== '0' ? `-${digits}` : digits
}

// 1e-7, and what is no number at all.
function numberOf(text: string): string {
  const number = Number(text)
  return text.trim() === '' || Number.isNaN(number) ? text : String(number)
}
