import { UsageError } from '../warehouse/errors'
import { readVariables } from '../warehouse/settings'
import type { DataPlaces } from './resources/policy'
import type { Session, SessionOptions } from './session'
import { readDataPlaces, type Variables } from './settings'
import type { Terminal } from './terminal'
import { faultOfRange, parseRange } from './wishes/cidr'
import { faultsOfSession, faultsOfWishes } from './wishes/inputs'
import type { Wishes } from './wishes/wishes'

export interface UpOptions extends SessionOptions {
  yes: boolean
}

/**
 * Checks all that can be checked before anything is asked of AWS.
 * @returns where the data is
 * @throws UsageError that names all that is wrong with the wishes and the settings
 */
export function checkUp(wishes: Wishes, options: UpOptions, terminal: Terminal): DataPlaces {
  const variables = readVariables(options.envFile)
  const { places, faults } = readDataPlaces(variables)
  const all = [
    ...faultsOfSession(options),
    ...faultsOfWishes(wishes),
    ...unanswerable(wishes, options, terminal),
    ...otherKind(wishes, variables),
    ...faults,
  ]
  if (all.length === 0) return places
  const list = all.map((fault) => `  ${fault}`).join('\n')
  throw new UsageError(
    `The cluster cannot be made so:\n${list}\n` +
      'Options: `sparkify cluster up --help`; settings: .env (.env.example shows how).',
  )
}

/** Questions that nobody is there to answer. */
function unanswerable({ cidr }: Wishes, { yes, dryRun }: UpOptions, terminal: Terminal): string[] {
  if (terminal.isInteractive) return []
  const noTerminal = 'is not given, and there is no terminal to ask on'
  return [
    ...(cidr === undefined
      ? [`--cidr ${noTerminal}: your address is expected, 203.0.113.7/32`]
      : []),
    ...(yes || dryRun ? [] : [`--yes ${noTerminal}: it is expected in scripts`]),
  ]
}

/** Both kinds under one name would cost twice, and `.env` leads to one of them only. */
function otherKind({ name, serverless }: Wishes, variables: Variables): string[] {
  const other = serverless ? 'REDSHIFT_CLUSTER' : 'REDSHIFT_WORKGROUP'
  if (variables[other] !== name) return []
  const [given, kind] = serverless ? ['given', 'provisioned'] : ['not given', 'of Serverless']
  return [
    `--serverless is ${given}, and ${name} is ${kind} by ${other}: ` +
      '`cluster down` first, or another --name, is expected',
  ]
}

/** Who may connect: --cidr, or what the user answers; it is never guessed. */
export async function rangeOf(
  { cidr, allowWideCidr }: Wishes,
  { terminal, place }: Session,
): Promise<string> {
  const question =
    'From which address do you connect (as your network is seen from outside: 203.0.113.7)? '
  const given = cidr ?? (await terminal.ask(question, place.patience.signal))
  const fault = faultOfRange(given, allowWideCidr)
  if (fault) throw new UsageError(`${fault}.`)
  return parseRange(given)!.text
}
