import { errorCodes, FieldFault } from '../faults'
import { isBlank, type Converter, type ConverterFor } from './converter'
import { checkDigits } from './integers'

const written = /^[+-]?\d*(?:\.\d*)?(?:(?<=\d\.?)e[+-]?\d+)?/i

/** DECIMAL: digits beyond the scale are cut off, or rounded with ROUNDEC (facts A4). */
export const decimals: ConverterFor = (column, options): Converter => {
  const precision = column.precision ?? 18
  const scale = column.scale ?? 0
  const limit = 10n ** BigInt(precision)

  const text = (value: string) => {
    if (isBlank(value)) return null
    checkDigits(value, 'Decimal', written)
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
    number: (value) => text(String(value)) ?? undefined,
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
