import { isBlank, type Converter } from '../columns/converter'
import { errorCodes, FieldFault } from '../faults'
import type { CopyOptions } from '../options'
import { automatic } from './automatic'
import { byFormat } from './formats'
import { writeDate } from './moment'

const standard = 'YYYY-MM-DD'

/** DATE, by DATEFORMAT. A time behind the date is left out of account (facts A4). */
export function dates(options: CopyOptions): Converter {
  const format = options.dateFormat ?? standard
  const recognise = format === 'auto' ? automatic : byFormat(format, 'time')

  return {
    type: 'date',
    length: '0',
    text(value) {
      if (isBlank(value)) return null
      const moment = recognise(value.trim())
      if (moment) return writeDate(moment)
      if (options.acceptAnyDate) return null
      throw new FieldFault(errorCodes.date, reason(value, format))
    },
  }
}

function reason(value: string, format: string): string {
  if (format === standard && value.trim().length < 10)
    return 'Invalid Date Format - length must be 10 or more'
  return `Invalid date format or value [${format === 'auto' ? standard : format}]`
}
