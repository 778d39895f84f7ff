import { UsageError } from '../warehouse/errors'
import { readVariables } from '../warehouse/settings'
import { makeExample } from './example'
import { type Holding, type Item, itemOf, takeInventory, unseenText } from './inventory'
import { type Cost, costOf, type Life, lifeOf } from './life'
import { possibleResources } from './resources/all'
import type { Endpoint, Place } from './resources/resource'
import { Role } from './resources/role'
import { inSession, type Rehearsed, type SessionOptions } from './session'
import { connectionSettings, type Variables } from './settings'
import type { Terminal } from './terminal'
import { faultsOfSession } from './wishes/inputs'

/** What there is of a warehouse. */
export interface StatusReport extends Life, Cost {
  name: string
  region: string
  account: string
  resources: (Item & { state: string })[]
  foreign: Item[]
  endpoint: Partial<Endpoint>
  since: string | undefined
  /** Settings that do not lead there, each with what is set and what is expected. */
  settingsDiffer: { setting: string; found: string | undefined; expected: string | undefined }[]
}

/** What exists of a warehouse, and whether the settings lead to it. In a dry run: the calls for it. */
export async function status(
  options: SessionOptions,
  terminal: Terminal,
): Promise<StatusReport | Rehearsed> {
  const faults = faultsOfSession(options)
  if (faults.length > 0) throw new UsageError(faults.join('\n'))
  return inSession(
    options,
    terminal,
    async ({ place }) => {
      const inventory = await takeInventory(place.name, possibleResources(place))
      const unseen = unseenText(inventory)
      if (unseen) terminal.notice(unseen)
      const { region, id } = place.account
      const warehouse = inventory.ours.find(({ found }) => found.size)
      const endpoint = Object.assign(
        {},
        ...inventory.ours.map(({ found }) => found.endpoint ?? {}),
      ) as Partial<Endpoint>
      const variables = readVariables(options.envFile)
      return {
        name: options.name,
        region,
        account: id,
        resources: inventory.ours.map((holding) => ({
          ...itemOf(holding),
          state: holding.found.state,
        })),
        foreign: inventory.foreign.map(itemOf),
        endpoint,
        since: warehouse?.found.since?.toISOString(),
        ...lifeOf(warehouse?.found, new Date()),
        ...costOf(warehouse?.found, new Date()),
        settingsDiffer: settingsThatDiffer(place, warehouse, endpoint, variables),
      }
    },
    (place) => makeExample(place, options.envFile),
  )
}

/** The settings that do not lead to the warehouse; none without one. */
function settingsThatDiffer(
  place: Place,
  warehouse: Holding | undefined,
  endpoint: Partial<Endpoint>,
  variables: Variables,
): StatusReport['settingsDiffer'] {
  if (!warehouse) return []
  const { name, account } = place
  const wished = {
    name,
    serverless: warehouse.resource.kind === 'workgroup',
    signIn: 'iam' as const,
  }
  const settings = connectionSettings(wished, account.region, new Role(place).arn, endpoint)
  return Object.entries(settings)
    .map(([setting, expected]) => ({ setting, found: variables[setting] || undefined, expected }))
    .filter(({ found, expected }) => found !== expected)
    .filter(({ setting }) => setting !== 'REDSHIFT_SIGN_IN') // any way to sign in leads there
}
