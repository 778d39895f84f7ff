import type { Knex } from 'knex'
import { stagingTables } from '../../sources/index'
import type { AgeLimits, StagingTable } from '../../sources/source'
import { settingsOf } from '../warehouse/connect'
import { counted } from '../warehouse/counts'
import { timeToSecond } from '../warehouse/times'
import { hasLedger } from './ledger'

/** How old the latest of a kind is that a source brought. */
export interface Age {
  source: string
  of: 'event' | 'file'
  /** When the latest event happened, or the latest file was loaded, UTC; null where there is none. */
  latest: string | null
  /** Since then; negative for an event that is ahead of the clock. */
  ageSeconds: number | null
  warnHours: number
  errorHours: number
  /** Off where the limits do not hold: see the setting FRESHNESS. */
  state: 'fresh' | 'warn' | 'error' | 'off'
}

/** How old everything is that a source sets limits for, as of one moment, UTC. */
export interface Freshness {
  asOf: string
  ages: Age[]
}

/** Tells how old each source's latest event and latest file are. @param options `now` is in milliseconds since 1970 */
export async function freshness(
  knex: Knex,
  { now = Date.now(), tables = stagingTables } = {},
): Promise<Freshness> {
  const isOn = settingsOf(knex).FRESHNESS === 'on'
  const isThere = await hasLedger(knex)
  const ages: Age[] = []
  for (const { source, of, from, limits } of tables.flatMap(kindsOf)) {
    const latest = isThere ? await latestOf(knex, from) : null
    const ageSeconds = latest === null ? null : Math.floor((now - latest) / 1000)
    const { warn: warnHours, error: errorHours } = limits
    const state = isOn ? stateOf(ageSeconds, limits) : 'off'
    const text = latest === null ? null : timeToSecond(new Date(latest))
    ages.push({ source, of, latest: text, ageSeconds, warnHours, errorHours, state })
  }
  return { asOf: timeToSecond(new Date(now)), ages }
}

/** What is too old and was there before, in words; nothing where the limits do not hold, and nothing is asked then. */
export async function staleText(
  knex: Knex,
  options: Parameters<typeof freshness>[1] = {},
): Promise<string[]> {
  if (settingsOf(knex).FRESHNESS === 'off') return []
  const { ages } = await freshness(knex, options)
  return ages.filter(({ latest, state }) => latest !== null && state !== 'fresh').map(wordsOf)
}

/** An age in words, with its limit. */
export function wordsOf({ source, of, latest, ageSeconds, ...limits }: Age): string {
  const what = `${source}: the latest ${of}`
  if (latest === null || ageSeconds === null) return `${source}: there is no ${of} yet.`
  const did = of === 'event' ? 'happened' : 'was loaded'
  const limit = limits.state === 'error' ? limits.errorHours : limits.warnHours
  const past = ['warn', 'error'].includes(limits.state)
  const most = past ? `, and at most ${spanText(limit * 3600)} is expected` : ''
  return `${what} ${did} ${ageText(ageSeconds)} (${latest} UTC)${most}.`
}

/** How long ago, in the largest unit that it fills twice. */
export function ageText(seconds: number): string {
  return seconds < 0 ? `${spanText(-seconds)} ahead` : `${spanText(seconds)} ago`
}

const units = [
  ['year', 365 * 86_400],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

/** A length of time, in the largest unit that it fills twice. */
export function spanText(seconds: number): string {
  const [unit, length] = units.find(([, length]) => seconds >= 2 * length) ?? ['second', 1]
  return counted(Math.floor(seconds / length), unit)
}

interface Kind {
  source: string
  of: Age['of']
  /** The query of the latest, in milliseconds since 1970. */
  from: string
  limits: AgeLimits
}

function kindsOf({ name, freshness: limits }: StagingTable): Kind[] {
  if (limits === undefined) return []
  const { event, file } = limits
  const ofFile: Kind = {
    source: name,
    of: 'file',
    from: `
      select extract(epoch from max(loaded_at))::bigint * 1000 as latest
      from load_files where table_name = '${name}' and state = 'loaded'`,
    limits: file,
  }
  if (event === undefined) return [ofFile]
  const from = `select max(${event.at}) as latest from ${name}`
  return [{ source: name, of: 'event', from, limits: event }, ofFile]
}

async function latestOf(knex: Knex, query: string): Promise<number | null> {
  const { rows } = await knex.raw<{ rows: { latest: string | number | null }[] }>(query)
  const { latest } = rows[0]!
  return latest === null ? null : Number(latest)
}

function stateOf(ageSeconds: number | null, { warn, error }: AgeLimits): Age['state'] {
  if (ageSeconds === null || ageSeconds > error * 3600) return 'error'
  return ageSeconds > warn * 3600 ? 'warn' : 'fresh'
}
