import { errorCodes, FieldFault } from '../faults'
import { isBlank, type Converter } from './converter'

const ranges = {
  smallint: { type: 'int2', name: 'Short', bits: 16 },
  integer: { type: 'int4', name: 'Integer', bits: 32 },
  bigint: { type: 'int8', name: 'Long', bits: 64 },
} as const

/**
 * SMALLINT, INTEGER and BIGINT. A JSON number with a fraction of zero is a whole number (facts A4:
 * `1540919166796.0` loads into BIGINT); in a string a point is an invalid digit.
 */
export function integers(name: keyof typeof ranges): Converter {
  const range = ranges[name]
  const limit = 2n ** BigInt(range.bits - 1)
  const least = -Number(limit)
  const most = range.bits === 64 ? Number.MAX_SAFE_INTEGER : Number(limit) - 1
  const overflow = () => new FieldFault(errorCodes.overflow, `Overflow, Column type: ${range.name}`)

  return {
    type: range.type,
    length: '0',
    number(value) {
      if (value <= most && value >= least && Number.isInteger(value)) return String(value)
      if (!Number.isInteger(value) || range.bits === 64) return undefined
      throw overflow()
    },
    text(value) {
      if (isBlank(value)) return null
      checkDigits(value, range.name)
      const number = BigInt(value.replace('+', ''))
      if (number >= limit || number < -limit) throw overflow()
      return String(number)
    },
  }
}

/** @throws FieldFault in the words of facts A7, which name the first wrong character */
export function checkDigits(text: string, type: string, pattern = /^[+-]?\d*/): void {
  const digits = pattern.exec(text)![0]
  if (digits.length === text.length && /\d/.test(digits)) return
  const position = Math.min(digits.length, text.length - 1)
  throw new FieldFault(
    errorCodes.digit,
    `Invalid digit, Value '${text[position]}', Pos ${position}, Type: ${type}`,
  )
}
