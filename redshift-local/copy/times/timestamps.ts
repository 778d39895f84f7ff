import { isBlank, type Converter } from '../columns/converter'
import { standardTimestamp, timestampFault } from '../faults'
import type { CopyOptions } from '../options'
import { automatic } from './automatic'
import { epochs } from './epochs'
import { byFormat, type Recogniser } from './formats'
import { writeMoment } from './moment'

const standardZoned = /^\d{4}-\d{1,2}-\d{1,2} \d/

/** TIMESTAMP and TIMESTAMPTZ, by TIMEFORMAT. A zone counts for TIMESTAMPTZ only. */
export function timestamps(options: CopyOptions, zoned: boolean): Converter {
  const format = options.timeFormat ?? standardTimestamp
  const type = zoned ? 'timestamptz' : 'timestamp'
  if (format === 'epochsecs') return { type, ...epochs(1, zoned, options) }
  if (format === 'epochmillisecs') return { type, ...epochs(1000, zoned, options) }
  const recognise = recogniser(options.timeFormat, zoned)

  return {
    type,
    length: '0',
    text(value) {
      if (isBlank(value)) return null
      const moment = recognise(value.trim())
      if (moment) return writeMoment(moment, zoned)
      if (options.acceptAnyDate) return null
      throw timestampFault(format)
    },
  }
}

function recogniser(format: string | undefined, zoned: boolean): Recogniser {
  if (format === 'auto') return automatic
  if (format !== undefined) return byFormat(format)
  // YYYY-MM-DD HH:MI:SSOF
  if (zoned) return (text) => (standardZoned.test(text) ? automatic(text) : undefined)
  return byFormat(standardTimestamp)
}
