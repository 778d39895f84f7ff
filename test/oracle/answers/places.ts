import { ascending } from '../order'
import type { Row } from '../records'
import type { Star } from '../star'
import { type Play, groupBy, listenersOf, percent, playsOf } from './plays'

/** The time zones of each state: of several, those of its metropolitan areas decide. */
const zonesOfStates: Record<string, string> = Object.fromEntries(
  Object.entries({
    'America/New_York': 'CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV',
    'America/Chicago': 'AL AR IA IL LA MN MO MS OK WI',
    'America/Denver': 'CO MT NM UT WY',
    'America/Los_Angeles': 'CA WA',
    'Pacific/Honolulu': 'HI',
  }).flatMap(([zone, states]) => states.split(' ').map((state) => [state, zone])),
)

const zonesOfMetros: Record<string, string> = {
  'Anchorage, AK': 'America/Anchorage',
  'Boise City, ID': 'America/Denver',
  'Chicago-Naperville-Elgin, IL-IN-WI': 'America/Chicago',
  'Cincinnati, OH-KY-IN': 'America/New_York',
  'Dallas-Fort Worth-Arlington, TX': 'America/Chicago',
  'Detroit-Warren-Dearborn, MI': 'America/New_York',
  'Austin-Round Rock, TX': 'America/Chicago',
  'Grand Rapids-Wyoming, MI': 'America/New_York',
  'Houston-The Woodlands-Sugar Land, TX': 'America/Chicago',
  'Indianapolis-Carmel-Anderson, IN': 'America/New_York',
  'Jacksonville, FL': 'America/New_York',
  'Kansas City, MO-KS': 'America/Chicago',
  'Knoxville, TN': 'America/New_York',
  'Las Vegas-Henderson-Paradise, NV': 'America/Los_Angeles',
  'Louisville/Jefferson County, KY-IN': 'America/New_York',
  'Memphis, TN-MS-AR': 'America/Chicago',
  'Miami-Fort Lauderdale-West Palm Beach, FL': 'America/New_York',
  'Nashville-Davidson--Murfreesboro--Franklin, TN': 'America/Chicago',
  'Omaha-Council Bluffs, NE-IA': 'America/Chicago',
  'Orlando-Kissimmee-Sanford, FL': 'America/New_York',
  'Phoenix-Mesa-Scottsdale, AZ': 'America/Phoenix',
  'Portland-Vancouver-Hillsboro, OR-WA': 'America/Los_Angeles',
  'San Antonio-New Braunfels, TX': 'America/Chicago',
  'Tampa-St. Petersburg-Clearwater, FL': 'America/New_York',
  'Tucson, AZ': 'America/Phoenix',
}

function zoneOf(location: string): string | undefined {
  const states = location.split(', ')[1]?.split('-') ?? []
  const zones = new Set(states.map((state) => zonesOfStates[state]))
  return zones.size === 1 && !zones.has(undefined) ? [...zones][0] : zonesOfMetros[location]
}

const clocks = new Map<string, Intl.DateTimeFormat>()

function localHourOf({ location, start_time }: Play): string {
  const zone = zoneOf(location ?? '')
  if (zone === undefined) return 'unknown'
  const options = { timeZone: zone, hour: '2-digit', hourCycle: 'h23' } as const
  const clock = clocks.get(zone) ?? new Intl.DateTimeFormat('en-GB', options)
  clocks.set(zone, clock)
  return clock.format(new Date(`${start_time.replace(' ', 'T')}Z`))
}

export function playsPerLocalHour(star: Star): Row[] {
  const all = playsOf(star)
  const rows = groupBy(all, localHourOf).map((plays) => ({
    hour: localHourOf(plays[0]!),
    plays: plays.length,
    percent_of_plays: percent(plays.length, all.length),
    listeners: listenersOf(plays),
  }))
  return rows.toSorted(ascending(({ hour }) => hour))
}
