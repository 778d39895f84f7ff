/** Names of clusters, workgroups, namespaces and snapshots: facts 4, identifiers. */
export function isIdentifier(name: string, longest = 63): boolean {
  return (
    /^[a-z][a-z0-9-]*[a-z0-9]$|^[a-z]$/.test(name) && !/--/.test(name) && name.length <= longest
  )
}

/** Facts 4: RG and RA3 serve these ports only. */
export function isPort(port: number): boolean {
  return (port >= 5431 && port <= 5455) || (port >= 8191 && port <= 8215)
}

/** A key or a value of a tag, as every service takes it. */
export function isTagText(text: string): boolean {
  return /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(text) && text.length <= 256
}

/** What EC2 takes as the description of a group or a rule. */
export function isGroupText(text: string): boolean {
  return /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{1,255}$/.test(text)
}

/** A network as EC2 stores it, the bits of an IPv4 host cleared; undefined where it is none. */
export function canonicalNetwork(cidr: string): string | undefined {
  if (/^[\da-f:]+:[\da-f:]*\/\d{1,3}$/.test(cidr)) return cidr
  const [, address = '', bits = ''] = /^([\d.]+)\/(\d{1,2})$/.exec(cidr) ?? []
  const bytes = address.split('.').map(Number)
  if (bytes.length !== 4 || bytes.some((byte) => byte > 255) || Number(bits) > 32) return undefined
  const number = bytes.reduce((sum, byte) => sum * 256 + byte, 0)
  const size = 2 ** (32 - Number(bits))
  const network = Math.floor(number / size) * size
  return `${[24, 16, 8, 0].map((shift) => Math.floor(network / 2 ** shift) % 256).join('.')}/${bits}`
}
