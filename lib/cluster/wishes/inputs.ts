import type { SessionOptions } from '../session'
import { faultOfRange } from './cidr'
import { type Rule, sessionRules, wishRules } from './input-rules'
import type { Wishes } from './wishes'

/** Options that only one of the two kinds of warehouse has. */
const belongsTo: { option: keyof Wishes; serverless: boolean }[] = [
  { option: 'nodeType', serverless: false },
  { option: 'nodes', serverless: false },
  { option: 'baseRpu', serverless: true },
  { option: 'maxRpu', serverless: true },
]

/** All that is wrong with the options of `up`, before anything is asked of AWS. */
export function faultsOfWishes(wishes: Wishes): string[] {
  const stray = belongsTo
    .filter(
      ({ option, serverless }) => wishes[option] !== undefined && serverless !== wishes.serverless,
    )
    .map(({ option, serverless }) =>
      serverless
        ? `${flag(option)} is of Redshift Serverless: it is expected with --serverless only`
        : `${flag(option)} is of a provisioned cluster: it does not go with --serverless`,
    )
  const range =
    wishes.cidr === undefined ? undefined : faultOfRange(String(wishes.cidr), wishes.allowWideCidr)
  return [...faultsBy(wishRules, wishes), ...stray, ...(range ? [range] : [])]
}

/** All that is wrong with what every command takes. */
export function faultsOfSession(options: SessionOptions): string[] {
  return faultsBy(sessionRules, options)
}

/** What is wrong by the given rules; of one option the first fault. */
function faultsBy(declared: Rule[], given: object): string[] {
  const faults = new Map<string, string>()
  for (const { option, holds, expected } of declared) {
    const value = (given as Record<string, unknown>)[option]
    if (value === undefined || faults.has(option) || holds(value as never, given as Wishes))
      continue
    const shown = typeof value === 'number' ? String(value) : JSON.stringify(value)
    faults.set(option, `${flag(option)} is ${shown}: ${expected}`)
  }
  return [...faults.values()]
}

/** What is wrong with the name of a last snapshot. */
export function faultOfSnapshot(name: string): string | undefined {
  if (/^(?!.*--)[a-z][a-z0-9-]{1,61}[a-z0-9]$/.test(name)) return undefined
  return (
    `--snapshot is ${JSON.stringify(name)}: 3 to 63 lowercase letters, digits and hyphens are expected, ` +
    'a letter first, no hyphen last, no two in a row'
  )
}

function flag(option: string): string {
  return `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}
