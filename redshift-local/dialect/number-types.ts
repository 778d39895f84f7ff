import type { ResultColumn } from './parse'

/** A type of numbers, as far as it bears on the type of a computation; see `decimalOf` for whole numbers. */
export type NumberType = { kind: 'float' } | { kind: 'integer'; precision: 5 | 10 | 19 } | Decimal

export interface Decimal {
  kind: 'decimal'
  precision: number
  scale: number
}

export const float: NumberType = { kind: 'float' }
export const smallint: NumberType = { kind: 'integer', precision: 5 }
export const integer: NumberType = { kind: 'integer', precision: 10 }
export const bigint: NumberType = { kind: 'integer', precision: 19 }

export const decimal = (precision: number, scale: number): Decimal => ({
  kind: 'decimal',
  precision,
  scale,
})

const most = 38

/** A whole number beside a DECIMAL: SMALLINT is DECIMAL(5,0), INTEGER (10,0), BIGINT (19,0). */
function decimalOf(type: NumberType): Decimal {
  if (type.kind === 'decimal') return type
  return decimal(type.kind === 'integer' ? type.precision : most, 0)
}

/** The type of a computation of two numbers, as the tables of docs r_numeric_computations201 have it. */
export function computed(
  operator: string,
  left: NumberType | undefined,
  right: NumberType | undefined,
): NumberType | undefined {
  if (!left || !right || !operators.has(operator)) return undefined
  if (left.kind === 'float' || right.kind === 'float') return float
  if (left.kind === 'integer' && right.kind === 'integer')
    return left.precision > right.precision ? left : right
  return rules[operator]?.(decimalOf(left), decimalOf(right))
}

const operators = new Set(['+', '-', '*', '/', '%'])

type Rule = (left: Decimal, right: Decimal) => Decimal

const sum: Rule = ({ precision: p1, scale: s1 }, { precision: p2, scale: s2 }) => {
  const scale = Math.max(s1, s2)
  return decimal(Math.min(most, Math.max(p1 - s1, p2 - s2) + 1 + scale), scale)
}

const rules: Record<string, Rule> = {
  '+': sum,
  '-': sum,
  '*': ({ precision: p1, scale: s1 }, { precision: p2, scale: s2 }) =>
    decimal(Math.min(most, p1 + p2 + 1), Math.min(most, s1 + s2)),
  '/': ({ precision: p1, scale: s1 }, { precision: p2, scale: s2 }) => {
    const scale = Math.max(4, s1 + p2 - s2 + 1)
    const precision = p1 - s1 + s2 + scale
    // Digits in front of the point are kept at the cost of those behind it, but for four.
    return precision <= most
      ? decimal(precision, scale)
      : decimal(most, Math.max(most + scale - precision, 4))
  },
}

/** The type of a value that is one of several: of COALESCE, CASE and their kin, as of UNION. */
export function common(types: (NumberType | undefined)[]): NumberType | undefined {
  return types.reduce((one, other) => {
    if (!one || !other) return undefined
    if (one.kind !== 'decimal' && other.kind !== 'decimal') return computed('+', one, other)
    if (one.kind === 'float' || other.kind === 'float') return float
    const [left, right] = [decimalOf(one), decimalOf(other)]
    const scale = Math.max(left.scale, right.scale)
    const whole = Math.max(left.precision - left.scale, right.precision - right.scale)
    // The page caps it at 19 digits, which a wider operand exceeds already.
    const cap = Math.max(19, left.precision, right.precision)
    return decimal(Math.min(whole + scale, cap), scale)
  })
}

/** The type of a number as it is written; undefined where it has an exponent. */
export function typeOfLiteral(written: string): NumberType | undefined {
  const [, whole, fraction] = /^-?(\d*)(?:\.(\d*))?$/.exec(written) ?? []
  if (whole === undefined) return undefined
  if (fraction === undefined) {
    const size = BigInt(whole)
    if (size < 2n ** 31n) return integer
    return size < 2n ** 63n ? bigint : decimal(Math.min(most, whole.length), 0)
  }
  const precision = whole.length + fraction.length
  return precision > most ? undefined : decimal(Math.max(1, precision), fraction.length)
}

/** The type of a column that the engine described; undefined for a DECIMAL of which it knows no more. */
export function typeOfColumn({ type, modifier }: ResultColumn): NumberType | undefined {
  if (type !== numeric) return plain.get(type)
  const digits = digitsOf(modifier)
  return digits && decimal(digits.precision, digits.scale)
}

/** Of a DECIMAL by what modifies it: (precision << 16 | scale) + 4, in the engine's source. */
export function digitsOf(modifier: number): Pick<Decimal, 'precision' | 'scale'> | undefined {
  if (modifier < 4) return undefined
  return { precision: (modifier - 4) >> 16, scale: (modifier - 4) & 0x7ff }
}

const numeric = 1700
const plain = new Map<number, NumberType>([
  [21, smallint],
  [23, integer],
  [20, bigint],
  [700, float],
  [701, float],
])

/** By the engine's names; DECIMAL is told by its arguments. */
export const namedTypes = new Map<string, NumberType>([
  ['int2', smallint],
  ['int4', integer],
  ['int8', bigint],
  ['float4', float],
  ['float8', float],
])
