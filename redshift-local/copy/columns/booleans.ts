import { errorCodes, FieldFault } from '../faults'
import { isBlank, type Converter } from './converter'

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
