import { type Converter, type ConverterFor, errorCodes, FieldFault, isBlank } from '../column'

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
  const most = range.bits === 64 ? Number.MAX_SAFE_INTEGER : Number(limit) - 1
  const least = range.bits === 64 ? Number.MIN_SAFE_INTEGER : -Number(limit)
  const write = (number: bigint) => {
    if (number < limit && number >= -limit) return String(number)
    throw new FieldFault(errorCodes.overflow, `Overflow, Column type: ${range.name}`)
  }

  return {
    type: range.type,
    length: '0',
    number(value, literal) {
      if (value <= most && value >= least)
        return Number.isInteger(value) ? String(value) : undefined
      const whole = wholeNumber(literal())
      return whole === undefined ? undefined : write(whole)
    },
    text(value) {
      if (plainInteger.test(value)) {
        const number = Number(value)
        if (number <= most && number >= least) return String(number)
      }
      if (isBlank(value)) return null
      checkDigits(value, range.name)
      return write(BigInt(value.replace('+', '')))
    },
  }
}

/** Which JavaScript holds exactly. */
const plainInteger = /^-?\d{1,15}$/

const jsonNumber = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i

/** A large JSON number exactly, whatever its exponent; undefined where it has a fraction. */
function wholeNumber(literal: string): bigint | undefined {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = jsonNumber.exec(literal)!
  const digits = whole + fraction
  const point = Math.max(0, whole.length + Number(exponent))
  if (/[1-9]/.test(digits.slice(point))) return undefined
  // With 400 zeros more it is too large for any type.
  const zeros = Math.min(point, digits.length + 400)
  return BigInt(sign + digits.slice(0, point).padEnd(zeros, '0'))
}

/** @throws FieldFault in the words of facts A7, which name the first wrong character */
function checkDigits(text: string, type: string, pattern = /^[+-]?\d*/): void {
  const digits = pattern.exec(text)![0]
  if (digits.length === text.length && /\d/.test(digits)) return
  const position = Math.min(digits.length, text.length - 1)
  throw new FieldFault(
    errorCodes.digit,
    `Invalid digit, Value '${text[position]}', Pos ${position}, Type: ${type}`,
  )
}

const decimal = /^[+-]?\d*(?:\.\d*)?(?:(?<=\d\.?)e[+-]?\d+)?/i

/** DECIMAL: digits beyond the scale are cut off, or rounded with ROUNDEC (facts A4). */
export const decimals: ConverterFor = (column, options): Converter => {
  const precision = column.precision ?? 18
  const scale = column.scale ?? 0
  const limit = 10n ** BigInt(precision)

  const text = (value: string) => {
    if (isBlank(value)) return null
    checkDigits(value, 'Decimal', decimal)
    const digits = scaled(value, scale, options.roundDecimals)
    if (digits >= limit)
      throw new FieldFault(errorCodes.outOfRange, 'Overflow, Column type: Decimal')
    const sign = value.startsWith('-') && digits > 0n ? '-' : ''
    return sign + withPoint(String(digits), scale)
  }
  return {
    type: 'numeric',
    length: `${precision}, ${scale}`,
    text,
    number: (value) => (Number.isFinite(value) ? (text(String(value)) ?? undefined) : undefined),
  }
}

// The absolute value in units of 10^-scale.
function scaled(text: string, scale: number, round: boolean): bigint {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().replace(/^[+-]/, '').split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  const kept = whole.length + Math.max(-whole.length - 1, Math.min(Number(exponent) + scale, 400))
  const digits = (whole + fraction).padEnd(kept, '0')
  const value = BigInt(digits.slice(0, Math.max(0, kept)) || '0')
  return round && kept >= 0 && (digits[kept] ?? '0') >= '5' ? value + 1n : value
}

function withPoint(digits: string, scale: number): string {
  if (scale === 0) return digits
  const padded = digits.padStart(scale + 1, '0')
  return `${padded.slice(0, -scale)}.${padded.slice(-scale)}`
}

const names = new Map([
  ['nan', 'NaN'],
  ['inf', 'Infinity'],
  ['infinity', 'Infinity'],
  ['-inf', '-Infinity'],
  ['-infinity', '-Infinity'],
])

const float = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i

/** REAL and DOUBLE PRECISION. */
export function floats(name: 'real' | 'double precision'): Converter {
  const single = name === 'real'
  const type = single ? 'float4' : 'float8'

  const number = (value: number) => {
    const stored = single ? Math.fround(value) : value
    if (!Number.isFinite(stored))
      throw new FieldFault(errorCodes.outOfRange, `Overflow, Column type: ${type}`)
    return stored === 0 ? '0' : String(value)
  }
  return {
    type,
    length: '0',
    number,
    text(value) {
      if (isBlank(value)) return null
      if (float.test(value)) return number(Number(value))
      const named = names.get(value.toLowerCase())
      if (named) return named
      throw new FieldFault(errorCodes.float, `Invalid ${type} format or value`)
    },
  }
}

const spellings = new Map(
  Object.entries({ true: 't', t: 't', yes: 't', y: 't', '1': 't' }).concat(
    Object.entries({ false: 'f', f: 'f', no: 'f', n: 'f', '0': 'f' }),
  ),
)

/** BOOLEAN: JSON's literals and the usual spellings (facts A4). */
export const booleans: Converter = {
  type: 'bool',
  length: '0',
  text(value) {
    if (isBlank(value)) return null
    const spelt = spellings.get(value.toLowerCase())
    if (spelt) return spelt
    throw new FieldFault(errorCodes.boolean, 'Unknown boolean format')
  },
}
