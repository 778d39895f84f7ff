import { isIP } from 'node:net'

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
  const rest = BigInt(bits[family] - prefix)
  const network = (numberOf(address, family) >> rest) << rest
  return { family, prefix, text: `${textOf(network, family)}/${prefix}` }
}

/** What is wrong with letting this range in; undefined where nothing is. */
export function faultOfRange(given: string, allowWide: boolean): string | undefined {
  const range = parseRange(given)
  const found = `--cidr is ${JSON.stringify(given)}`
  if (!range) return `${found}: your address is expected, 203.0.113.7/32 or 2001:db8::7/128`
  const { family, prefix } = range
  if (prefix === 0) return `${found}: the whole internet is never let in; give your address`
  if (prefix >= wide[family] || allowWide) return undefined
  return `${found}: /${wide[family]} or longer is expected; --allow-wide-cidr lets a wider range in`
}

function numberOf(address: string, family: 4 | 6): bigint {
  const groups = family === 4 ? address.split('.') : groupsOf(address)
  const [radix, width] = family === 4 ? [10, 8n] : [16, 16n]
  return groups.reduce((sum, group) => (sum << width) + BigInt(parseInt(group, radix)), 0n)
}

// URL writes any form of an address in the canonical one.
function canonical(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1)
}

function groupsOf(address: string): string[] {
  const [head = '', tail] = canonical(address).split('::')
  const before = head.split(':').filter(Boolean)
  const after = (tail ?? '').split(':').filter(Boolean)
  return [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after]
}

function textOf(network: bigint, family: 4 | 6): string {
  const [count, width] = family === 4 ? [4, 8] : [8, 16]
  const groups = Array.from({ length: count }, (_, i) =>
    BigInt.asUintN(width, network >> BigInt((count - 1 - i) * width)),
  )
  if (family === 4) return groups.join('.')
  return canonical(groups.map((group) => group.toString(16)).join(':'))
}
