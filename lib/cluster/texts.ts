import { callText } from './aws/calls'
import type { DownReport } from './down'
import { itemText } from './inventory'
import { dollars } from './prices'
import type { Rehearsed } from './session'
import type { StatusReport } from './status'
import type { UpReport } from './up'

/** What `up` prints in the end. */
export function upText(report: UpReport | Rehearsed): string {
  if ('calls' in report) return rehearsedText(report)
  const { endpoint, settings, formerFile, cost } = report
  const written = Object.keys(settings).filter((name) => settings[name] !== undefined)
  const verb = endpoint.isPublic ? 'answers' : 'lies, inside its VPC,'
  return [
    `The warehouse ${verb} at ${endpoint.host}:${endpoint.port}, database ${endpoint.database}.`,
    `.env has the settings that lead there: ${written.join(', ')}.`,
    ...(formerFile === undefined ? [] : [`The former .env is kept as ${formerFile}`]),
    cost,
    'Next: `sparkify run --env production`; in the end `sparkify cluster down`.',
  ].join('\n')
}

/** What `status` prints. */
export function statusText(report: StatusReport | Rehearsed): string {
  if ('calls' in report) return rehearsedText(report)
  const { resources, foreign, endpoint, since, name, region, account } = report
  if (resources.length + foreign.length === 0) {
    return `Nothing of ${name} is there in ${region}, account ${account}.`
  }
  return [
    `In ${region}, account ${account}:`,
    ...resources.map((item) => `${itemText(item)}: ${item.state}`),
    ...foreign.map((item) => `${itemText(item)}: not ours, as it has not our tags`),
    ...(endpoint.host === undefined ? [] : [`It answers at ${endpoint.host}:${endpoint.port}.`]),
    ...(since === undefined ? [] : [`It is there since ${since}.`]),
    ...lifeLines(report),
    costLine(report),
    ...settingLines(report),
  ].join('\n')
}

/** What `down` prints in the end. */
export function downText(report: DownReport | Rehearsed): string {
  if ('calls' in report) return rehearsedText(report)
  const { left, snapshots, settingsRemoved, formerFile, name, region } = report
  return [
    left.length === 0
      ? `Nothing of ${name} is left in ${region}.`
      : `Still there:\n${left.map(itemText).join('\n')}\nRun \`sparkify cluster down\` again.`,
    ...(snapshots.length === 0
      ? []
      : [`Snapshots that are kept, and cost until they are deleted: ${snapshots.join(', ')}`]),
    ...(settingsRemoved ? ['The connection settings are no longer in .env.'] : []),
    ...(formerFile === undefined ? [] : [`The former .env is kept as ${formerFile}`]),
  ].join('\n')
}

function rehearsedText({ calls }: Rehearsed): string {
  return calls.map(callText).join('\n')
}

function lifeLines({ expires, hoursLeft }: StatusReport): string[] {
  if (expires === undefined || hoursLeft === undefined) return []
  const hours = Math.abs(hoursLeft).toFixed(1)
  if (hoursLeft >= 0) return [`It is to live until ${expires}, ${hours} hours more.`]
  return [
    `It was to live until ${expires}, and is ${hours} hours past that: \`sparkify cluster down\`.`,
  ]
}

function costLine({ costSoFar, costNote }: StatusReport): string {
  if (costSoFar === undefined) return costNote
  return `So far it has cost about $${dollars(costSoFar)}. ${costNote}`
}

function settingLines({ settingsDiffer, endpoint }: StatusReport): string[] {
  if (endpoint.host === undefined) return []
  if (settingsDiffer.length === 0) return ['The settings lead there.']
  return [
    'The settings do not lead there; `sparkify cluster up` writes them:',
    ...settingsDiffer.map(
      ({ setting, found, expected }) =>
        `  ${setting} is ${found ?? 'not set'}: ${expected ?? 'no value'} is expected`,
    ),
  ]
}
