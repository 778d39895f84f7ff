import { errorCodes, FieldFault } from '../faults'
import { isBlank, type Converter } from './converter'

const names: Record<string, string> = {
  nan: 'NaN',
  inf: 'Infinity',
  infinity: 'Infinity',
  '-inf': '-Infinity',
  '-infinity': '-Infinity',
}

const written = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i

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
      if (written.test(value)) return number(Number(value))
      const named = names[value.toLowerCase()]
      if (named) return named
      throw new FieldFault(errorCodes.float, `Invalid ${type} format or value`)
    },
  }
}
