import { isBlank, type Converter } from '../columns/converter'
import { errorCodes, FieldFault } from '../faults'

const written = /^\s*(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?\s*$/

/** TIME: HH:MI:SS, with or without a fraction. */
export const timesOfDay: Converter = {
  type: 'time',
  length: '0',
  text(value) {
    if (isBlank(value)) return null
    if (written.test(value)) return value.trim()
    throw new FieldFault(errorCodes.timestamp, 'Invalid time format or value [HH24:MI:SS]')
  },
}
