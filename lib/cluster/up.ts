import { agree, costOfSteps } from './agree'
import { checkPermissions } from './aws/permissions'
import { makeStep } from './make'
import { planSteps, type Step } from './plan'
import { waitForAnswer } from './reach'
import { wantedResources } from './resources/all'
import { findNetwork } from './resources/network'
import type { Endpoint, Order } from './resources/resource'
import { Role } from './resources/role'
import { tagsFor } from './resources/tags'
import { inSession, type Rehearsed, type Session } from './session'
import { connectionSettings, type Variables } from './settings'
import type { Terminal } from './terminal'
import { checkUp, rangeOf, type UpOptions } from './up-checks'
import type { Wishes } from './wishes/wishes'

/** What `up` has done. */
export interface UpReport {
  name: string
  region: string
  account: string
  steps: { kind: string; name: string; action: Step['action'] }[]
  endpoint: Partial<Endpoint>
  cost: string
  /** What was written to `.env`, and where the former file is kept. */
  settings: Variables
  formerFile: string | undefined
}

/**
 * Makes what is missing of a warehouse, waits until it answers, and writes the settings that lead there.
 * In a dry run: the calls that this would take, in an account where nothing of it is there yet.
 */
export async function up(
  wishes: Wishes,
  options: UpOptions,
  terminal: Terminal,
): Promise<UpReport | Rehearsed> {
  const data = checkUp(wishes, options, terminal)
  return inSession(options, terminal, async (session) => {
    const { place, isRehearsed } = session
    const range = await rangeOf(wishes, session)
    const network = await findNetwork(place.aws, wishes)
    const owner = wishes.owner ?? place.account.caller
    const tags = tagsFor({ name: place.name, owner, created: new Date(), ttlHours: wishes.ttl })
    const order: Order = { ...place, wishes, data, tags, network, range }
    const steps = await planSteps(order, wantedResources(order))
    const missing = steps.filter(({ action }) => action === 'create')
    const note = await checkPermissions(
      order,
      missing.map(({ resource }) => resource.permissions),
    )
    if (note) terminal.notice(note)
    if (!isRehearsed) await agree(order, steps, options.yes, terminal)
    return finish(order, steps, await carryOut(order, steps, session), options, session)
  })
}

const done = { create: 'created', change: 'changed' }

async function carryOut(
  order: Order,
  steps: Step[],
  { story, terminal, isRehearsed }: Session,
): Promise<Partial<Endpoint>> {
  const endpoint: Partial<Endpoint> = {}
  for (const step of steps) {
    const { kind, name } = step.resource
    if (step.action !== 'keep') story.push(`${kind} ${name}: ${step.action} begun`)
    await makeStep(order, step)
    const settled = await step.resource.settle?.()
    Object.assign(endpoint, settled?.endpoint)
    if (step.action === 'keep' || isRehearsed) continue
    story[story.length - 1] = `${kind} ${name}: ${done[step.action]}`
    terminal.notice(story.at(-1)!)
  }
  return endpoint
}

async function finish(
  order: Order,
  steps: Step[],
  endpoint: Partial<Endpoint>,
  { dryRun, envFile }: UpOptions,
  { terminal }: Session,
): Promise<UpReport> {
  const { account, wishes, name } = order
  const settings = connectionSettings(wishes, account.region, new Role(order).arn, endpoint)
  let formerFile: string | undefined
  if (!dryRun) {
    await reach(order, endpoint, terminal)
    const { updateEnvFile } = await import('./env-file.ts')
    formerFile = await updateEnvFile(settings, envFile)
  }
  return {
    name,
    region: account.region,
    account: account.id,
    steps: steps.map(({ resource: { kind, name }, action }) => ({ kind, name, action })),
    endpoint,
    cost: costOfSteps(order, steps),
    settings,
    formerFile,
  }
}

/** Waits until the endpoint answers, where it can from here. */
async function reach(
  { wishes, patience }: Order,
  { isPublic, host = '', port = wishes.port }: Partial<Endpoint>,
  terminal: Terminal,
): Promise<void> {
  if (isPublic) await waitForAnswer(patience, host, port)
  else terminal.notice(privateText)
}

const privateText =
  'The endpoint is private: it answers inside its VPC only, so whether it does is not tried from here. ' +
  'Work from a machine in the VPC, or through a bastion or a VPN into it.'
