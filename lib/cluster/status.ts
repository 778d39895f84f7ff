import type { StackResourceDrift } from '@aws-sdk/client-cloudformation'
import { Unreachable } from '../warehouse/errors'
import { timeToSecond } from '../warehouse/times'
import { allOf } from './aws'
import { faultsOfSession, refuseFaults } from './options'
import { rangesOf } from './parameters'
import { valueText } from './plan'
import { costSoFar, costText } from './prices'
import {
  faultsOfSettings,
  inSession,
  placeOf,
  type Session,
  type SessionOptions,
  type Variables,
} from './session'
import { findStack, type Item, itemsOf, itemText } from './stack'
import type { Terminal } from './terminal'
import { waitFor } from './wait'
import { connectionSettings, lookAt } from './warehouse'

export interface StatusOptions extends SessionOptions {
  drift: boolean
}

/** A setting that does not lead to the warehouse. */
interface Difference {
  setting: string
  found: string | undefined
  expected: string | undefined
}

/** A property that is otherwise in AWS than in the stack. */
interface Drifted {
  resource: string
  /** Its path; '' where the resource itself is gone. */
  property: string
  expected: string
  found: string
}

/** What there is of a warehouse. */
export interface StatusReport {
  name: string
  region: string
  account: string
  /** Whether all that was looked at is as it should be. */
  isWell: boolean
  stack:
    | { id: string; status: string; reason: string | undefined; created: string | undefined }
    | undefined
  resources: Item[]
  /** available, paused, resizing …; undefined: there is none. */
  warehouse: string | undefined
  endpoint: { host: string; port: number; database: string } | undefined
  mayConnect: string[]
  cost: string | undefined
  /** US dollars since it was made, about. */
  costSoFar: number | undefined
  expires: string | undefined
  settingsDiffer: Difference[]
  /** With --drift; `unchecked`: resources of whose kind AWS detects none. */
  drift: { drifted: Drifted[]; unchecked: string[] } | undefined
}

/** How a stack and its warehouse stand, and whether the settings lead there. */
export async function status(options: StatusOptions, terminal: Terminal): Promise<StatusReport> {
  refuseFaults([...faultsOfSession(options), ...faultsOfSettings(options)])
  return inSession(options, terminal, async (session) => {
    const stack = await findStack(session)
    if (!stack) return { ...placeOf(session), ...nothing }
    const { id, status, reason, created, parameters, outputs } = stack
    const isWhole = /^(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$/.test(status)
    const isBare = status === 'REVIEW_IN_PROGRESS'
    const warehouse = isBare ? undefined : await lookAt(session, parameters.Kind === 'serverless')
    const wanted = isWhole && outputs.Host ? await connectionSettings(session, stack) : undefined
    const drift = options.drift && isWhole ? await detectDrift(session, id) : undefined
    return {
      ...placeOf(session),
      isWell: isWhole && warehouse?.state === 'available' && !drift?.drifted.length,
      stack: { id, status, reason, created: utcText(created) },
      resources: isBare ? [] : await itemsOf(session, id),
      warehouse: warehouse?.state,
      endpoint: wanted && {
        host: wanted.REDSHIFT_HOST,
        port: Number(wanted.REDSHIFT_PORT),
        database: wanted.REDSHIFT_DATABASE,
      },
      mayConnect: rangesOf(parameters),
      cost: isBare ? undefined : costText(parameters),
      costSoFar: isBare ? undefined : costSoFar(parameters, created, new Date()),
      expires: parameters.Expires ? utcText(new Date(parameters.Expires)) : undefined,
      settingsDiffer: wanted ? differences(session.variables, wanted) : [],
      drift,
    }
  })
}

function utcText(time: Date): string | undefined {
  return Number.isNaN(time.getTime()) ? undefined : timeToSecond(time)
}

const nothing = {
  ...{ isWell: false, stack: undefined, resources: [], warehouse: undefined, endpoint: undefined },
  ...{ mayConnect: [], cost: undefined, costSoFar: undefined, expires: undefined },
  ...{ settingsDiffer: [], drift: undefined },
}

/** What of the settings differs from those that lead to a warehouse; any way to sign in leads there. */
function differences(variables: Variables, wanted: Record<string, string>): Difference[] {
  return Object.entries(wanted)
    .filter(([setting]) => setting !== 'REDSHIFT_SIGN_IN')
    .map(([setting, value]) => ({
      setting,
      found: variables[setting] || undefined,
      expected: value || undefined,
    }))
    .filter(({ found, expected }) => found !== expected)
}

/** Has CloudFormation compare what is there with what was declared: minutes. */
async function detectDrift(
  { aws, name, patience }: Session,
  StackName: string,
): Promise<NonNullable<StatusReport['drift']>> {
  const begun = await aws.cloudformation.detectStackDrift({ StackName })
  const awaited = {
    what: `Drift detection of ${name}`,
    usual: '1 to 5 minutes',
    otherwise: 'Run the command again.',
  }
  await waitFor(patience, awaited, async () => {
    const found = await aws.cloudformation.describeStackDriftDetectionStatus({
      StackDriftDetectionId: begun.StackDriftDetectionId,
    })
    const state = found.DetectionStatus ?? 'unknown'
    if (state === 'DETECTION_FAILED') {
      throw new Unreachable(
        `Drift could not be detected: ${found.DetectionStatusReason ?? 'AWS does not say why'}`,
      )
    }
    return state === 'DETECTION_COMPLETE' ? { state, value: true } : { state }
  })
  const pages = aws.cloudformation.paginateDescribeStackResourceDrifts({ StackName })
  const drifts = await allOf(pages, (page) => page.StackResourceDrifts)
  const named = (one: StackResourceDrift) => `${one.LogicalResourceId} (${one.ResourceType})`
  return {
    drifted: drifts.flatMap((one) => driftedIn(one, named(one))),
    unchecked: drifts
      .filter((one) => !['IN_SYNC', 'MODIFIED', 'DELETED'].includes(one.StackResourceDriftStatus!))
      .map(named),
  }
}

function driftedIn(drift: StackResourceDrift, resource: string): Drifted[] {
  const { StackResourceDriftStatus: status, PropertyDifferences = [] } = drift
  if (status === 'DELETED') return [{ resource, property: '', expected: 'there', found: 'deleted' }]
  const value = (text: string | undefined) => (!text || text === 'null' ? 'nothing' : text)
  return PropertyDifferences.map(({ PropertyPath = '', ExpectedValue, ActualValue }) => ({
    ...{ resource, property: PropertyPath },
    ...{ expected: value(ExpectedValue), found: value(ActualValue) },
  }))
}

/** What `status` prints. */
export function statusText(report: StatusReport): string {
  const { stack, resources, warehouse, endpoint, mayConnect, name, region, account } = report
  if (!stack) return `Nothing of ${name} is there in ${region}, account ${account}.`
  const reason = stack.reason ? ` (${stack.reason})` : ''
  return [
    `In ${region}, account ${account}, the stack ${name} is ${stack.status}${reason}.`,
    ...(stack.status === 'REVIEW_IN_PROGRESS' ? ['It is empty, and costs nothing.'] : []),
    ...resources.map((item) => `${itemText(item)} ${item.status}`),
    ...(warehouse === undefined ? [] : [`The warehouse is ${warehouse}.`]),
    ...(endpoint ? [placeText(endpoint, warehouse)] : []),
    ...(mayConnect.length > 0 ? [`Who may connect: ${mayConnect.join(', ')}.`] : []),
    ...(report.cost ? [costLine(report)] : []),
    ...expiryLines(report),
    ...settingLines(report),
    ...driftLines(report),
  ].join('\n')
}

function placeText({ host, port }: { host: string; port: number }, state?: string): string {
  if (state === 'available') return `It answers at ${host}:${port}.`
  const next = state === 'paused' ? '; `sparkify cluster up` resumes it' : ''
  return `It does not answer now; it will be at ${host}:${port}${next}.`
}

function costLine({ cost, costSoFar }: StatusReport): string {
  if (costSoFar === undefined) return cost!
  return `${cost}\nSo far it has cost about $${costSoFar.toFixed(2)}, if it was never paused.`
}

function expiryLines({ expires }: StatusReport): string[] {
  if (!expires) return []
  const hours = (Date.parse(`${expires}Z`) - Date.now()) / 3_600_000
  return hours >= 0
    ? [
        `It is to live until ${expires} UTC, ${hours.toFixed(1)} hours more: nothing ends it by itself.`,
      ]
    : [`It was to live until ${expires} UTC: \`sparkify cluster down\`.`]
}

function settingLines({ settingsDiffer, endpoint }: StatusReport): string[] {
  if (!endpoint) return []
  if (settingsDiffer.length === 0) return ['The settings lead there.']
  return [
    'The settings do not lead there; `sparkify cluster up` writes them:',
    ...settingsDiffer.map(
      ({ setting, found, expected }) =>
        `  ${setting} is ${found ?? 'not set'}: ${expected ?? 'no value'} is expected`,
    ),
  ]
}

function driftLines({ drift }: StatusReport): string[] {
  if (!drift) return []
  const { drifted, unchecked } = drift
  return [
    drifted.length === 0
      ? 'Nothing was changed past the stack.'
      : 'Changed past the stack; look at who did it, and undo it there:',
    ...drifted.map(
      ({ resource, property, expected, found }) =>
        `  ${resource} ${property}: ${valueText(expected)} is declared, ${valueText(found)} is there`,
    ),
    ...(unchecked.length > 0 ? [`AWS detects no drift of ${unchecked.join(', ')}.`] : []),
  ]
}
