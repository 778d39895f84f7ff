import { isBlank, type Converter } from '../columns/converter'
import { timestampFault } from '../faults'
import type { CopyOptions } from '../options'
import { dateOf, writeDate } from './moment'

const secondsOfDay = 86_400
/** PostgreSQL's timestamps go from 4714 BC to the year 294276. */
const firstDay = -2_440_588
const lastDay = 106_751_990

/** Timestamps that count seconds (`perSecond` 1) or milliseconds (1000) since 1970. */
export function epochs(
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
