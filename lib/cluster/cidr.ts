import { isIP } from 'node:net'
import { IPv4, IPv6 } from 'ipaddr.js'

/** A range of addresses, in the form that AWS gives it back in. */
interface Range {
  family: 4 | 6
  prefix: number
  /** 203.0.113.7/32 */
  text: string
}

const bits = { 4: 32, 6: 128 } as const

/** The longest range that needs no word of the user's: a small office, or one network behind a router. */
const wide = { 4: 24, 6: 64 } as const

/** A range of addresses; an address alone is a range of one. @returns undefined for anything else */
export function parseRange(given: string): Range | undefined {
  const [, address = '', length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(given.trim()) ?? []
  const family = isIP(address) as 0 | 4 | 6
  if (family === 0 || address.includes('%')) return undefined
  const prefix = length === undefined ? bits[family] : Number(length)
  if (prefix > bits[family]) return undefined
  const network = (family === 4 ? IPv4 : IPv6).networkAddressFromCIDR(`${address}/${prefix}`)
  return { family, prefix, text: `${network.toString()}/${prefix}` }
}

/** The longest at all, as the template has it. */
const widest = { 4: 8, 6: 32 } as const

/** What is wrong with letting this range in; undefined where nothing is. */
export function faultOfRange(given: string, allowWide: boolean): string | undefined {
  const range = parseRange(given)
  const found = `--cidr is ${JSON.stringify(given)}`
  if (!range) return `${found}: your address is expected, 203.0.113.7/32 or 2001:db8::7/128`
  const { family, prefix } = range
  if (prefix < widest[family])
    return `${found}: the whole internet, or a large part of it, is never let in; give your address`
  if (prefix >= wide[family] || allowWide) return undefined
  return `${found}: /${wide[family]} or longer is expected; --allow-wide-cidr lets a wider range in`
}
