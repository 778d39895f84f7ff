import { after, type Axis, type Place } from './axis'
import type { Period } from './pulse'

/** Times that may be cut off by the first or the last day of a log: an hour is not looked at. */
const long = ['days', 'weeks', 'months', 'quarters', 'years']

/** The unit of time of which some may be partial in a picture; undefined for none. */
export function unitOf({ by, across, down }: Sides): string | undefined {
  const [, unit] = /^(.+s)_later$/.exec(by) ?? []
  const units = unit ? [down.unit === unit ? unit : ''] : [across.unit, down.unit]
  return units.find((each) => each !== undefined && long.includes(each))
}

interface Sides {
  by: string
  across: Axis
  down: Axis
}

/**
 * Tells the points that stand for a time of which a part lies before the first day of the log, or after
 * what has come of it. Some weeks later than a week is a week too.
 */
export function partialIn(
  sides: Sides,
  period: Period | undefined,
): (point: { by: Place; per: Place }) => boolean {
  const unit = unitOf(sides)
  if (!period || !unit) return () => false
  const { from, to, last } = period
  const isPartial = (begin: number) => {
    const end = after(begin, unit)
    return (begin < from && end > from) || (begin <= last && end > to)
  }
  if (sides.by.endsWith('_later'))
    return ({ by, per }) => typeof per === 'number' && isPartial(after(per, unit, Number(by)))
  return ({ by, per }) =>
    [sides.across.unit === unit && by, sides.down.unit === unit && per].some(
      (place) => typeof place === 'number' && isPartial(place),
    )
}
