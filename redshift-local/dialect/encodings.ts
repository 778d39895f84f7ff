import { SqlError } from '../errors'
import { type ColumnType } from './types'

const whole = ['smallint', 'integer', 'bigint']
const wordy = ['char', 'varchar']

/** Facts B, ENCODE list: the types that an encoding takes; none given means every type. */
const encodings: Record<string, { only?: string[]; not?: string[] }> = {
  raw: {},
  zstd: {},
  runlength: {},
  az64: { only: [...whole, 'decimal', 'date', 'timestamp', 'timestamptz'] },
  bytedict: { not: ['boolean'] },
  delta: { only: [...whole, 'date', 'timestamp', 'decimal'] },
  delta32k: { only: ['integer', 'bigint', 'date', 'timestamp', 'decimal'] },
  lzo: { not: ['boolean', 'real', 'double precision'] },
  mostly8: { only: [...whole, 'decimal'] },
  mostly16: { only: ['integer', 'bigint', 'decimal'] },
  mostly32: { only: ['bigint', 'decimal'] },
  text255: { only: ['varchar'] },
  text32k: { only: ['varchar'] },
}

export const encodingNames = Object.keys(encodings)

/** @throws SqlError for an encoding that Redshift has not, or not for this type */
export function checkEncoding(encoding: string, type?: ColumnType): string {
  const rule = encodings[encoding]
  if (!rule)
    throw new SqlError(
      '42601',
      `unknown encoding "${encoding}"; there are ${encodingNames.join(', ')}`,
    )
  if (type && (rule.only?.includes(type.name) === false || rule.not?.includes(type.name))) {
    const shown = wordy.includes(type.name) ? `${type.name}(${type.bytes})` : type.name
    throw new SqlError('0A000', `encoding "${encoding}" is not supported for data type ${shown}`)
  }
  return encoding
}
