import { type Converter, errorCodes, FieldFault, isBlank } from '../column'
import type { CopyOptions } from '../options'
import { automatic, byFormat, dateOf, type Recogniser, writeDate, writeMoment } from './moments'

const secondsOfDay = 86_400
/** PostgreSQL's timestamps go from 4714 BC to the year 294276. */
const firstDay = -2_440_588
const lastDay = 106_751_990

/** Timestamps that count seconds (`perSecond` 1) or milliseconds (1000) since 1970. */
function epochs(
  perSecond: 1 | 1000,
  zoned: boolean,
  options: CopyOptions,
): Omit<Converter, 'type'> {
  const unitsOfDay = secondsOfDay * perSecond
  const microseconds = 1_000_000 / perSecond
  const fault = () => timestampFault(perSecond === 1 ? 'epochsecs' : 'epochmillisecs')
  const write = writer(zoned ? '+00' : '')

  const number = (value: number) => {
    const day = Math.floor(value / unitsOfDay)
    if (!(day >= firstDay && day <= lastDay)) throw fault()
    const ofDay = Math.round((value - day * unitsOfDay) * microseconds)
    return write(day, Math.min(ofDay, secondsOfDay * 1_000_000 - 1))
  }
  return {
    length: '0',
    number,
    text(value) {
      if (isBlank(value)) return null
      if (/^\s*[+-]?\d+(?:\.\d*)?\s*$/.test(value)) return number(Number(value))
      if (options.acceptAnyDate) return null
      throw fault()
    },
  }
}

// Neighbouring rows are mostly of one day: its date is written once.
function writer(zone: string): (day: number, microseconds: number) => string {
  let known = NaN
  let date = ''
  let era = ''
  return (day, microseconds) => {
    if (day !== known) {
      known = day
      const [written = '', bc] = writeDate(dateOf(day)).split(' ')
      date = written
      era = bc ? ` ${bc}` : ''
    }
    return `${date} ${timeOfDay(microseconds)}${zone}${era}`
  }
}

function timeOfDay(microseconds: number): string {
  const seconds = Math.floor(microseconds / 1_000_000)
  const fraction = microseconds - seconds * 1_000_000
  const time = `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`
  return fraction === 0 ? time : `${time}.${String(fraction).padStart(6, '0')}`
}

function pad(number: number): string {
  return number < 10 ? `0${number}` : String(number)
}

/** @param format as TIMEFORMAT has it; 'auto' shows the standard one */
function timestampFault(format: string): FieldFault {
  const shown = format === 'auto' ? standardTimestamp : format
  return new FieldFault(errorCodes.timestamp, `Invalid timestamp format or value [${shown}]`)
}

/** TIMEFORMAT where none is given (facts A4). */
const standardTimestamp = 'YYYY-MM-DD HH24:MI:SS'

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
      const written = moment && writeMoment(moment, zoned)
      // Its zone may lead beyond the last year.
      if (written && !written.startsWith('294277')) return written
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

const time = '(?:[01]?\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:\\.\\d{1,6})?)?'
const timePattern = new RegExp(`^\\s*${time}\\s*$`)
const zonedPattern = new RegExp(
  `^\\s*${time}(?: ?(?:[+-](?:0?\\d|1[0-5])(?::?[0-5]\\d)?|z|utc))?\\s*$`,
  'i',
)

/** TIME and TIMETZ: HH:MI:SS, with or without a fraction. */
export function timesOfDay(zoned: boolean): Converter {
  const pattern = zoned ? zonedPattern : timePattern
  return {
    type: zoned ? 'timetz' : 'time',
    length: '0',
    text(value) {
      if (isBlank(value)) return null
      if (pattern.test(value)) return value.trim()
      throw new FieldFault(errorCodes.timestamp, 'Invalid time format or value [HH24:MI:SS]')
    },
  }
}
