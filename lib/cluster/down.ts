import { UsageError } from '../warehouse/errors'
import { readVariables } from '../warehouse/settings'
import { makeExample } from './example'
import {
  type Holding,
  type Inventory,
  type Item,
  itemOf,
  itemText,
  takeInventory,
  unseenText,
} from './inventory'
import { lookAgain } from './look-again'
import { removeAll } from './remove-all'
import { possibleResources } from './resources/all'
import { listSnapshots, refuseTakenName } from './resources/snapshots'
import { inSession, type Rehearsed, type Session, type SessionOptions } from './session'
import { noConnection, settingsLeadTo } from './settings'
import type { Terminal } from './terminal'
import { faultOfSnapshot, faultsOfSession } from './wishes/inputs'

export interface DownOptions extends SessionOptions {
  yes: boolean
  snapshot: string | undefined
}

/** What `down` has done, and what it found when it looked again. */
export interface DownReport {
  name: string
  region: string
  removed: Item[]
  left: Item[]
  /** Snapshots, which are kept and cost. */
  snapshots: string[]
  /** What has a name of ours and is not ours: nothing was done to it. */
  foreign: Item[]
  /** Whether the connection settings left `.env`, and where the former file is kept. */
  settingsRemoved: boolean
  formerFile: string | undefined
}

/**
 * Removes all that `up` made under a name, in whatever state, and looks again.
 * In a dry run: the calls that this would take where a complete warehouse is there.
 */
export async function down(
  options: DownOptions,
  terminal: Terminal,
): Promise<DownReport | Rehearsed> {
  refuse(options, terminal)
  const work = async (session: Session) => {
    const { place, isRehearsed } = session
    const inventory = await takeInventory(place.name, possibleResources(place))
    tellUnseen(inventory, options, terminal)
    const { ours, foreign } = inventory
    const due = [...ours].reverse()
    await agree(due, foreign, options, session)
    await removeAll(due, options, session)
    const settings = isRehearsed
      ? { settingsRemoved: false, formerFile: undefined }
      : await forget(options)
    const { left, notes } = await lookAgain(place)
    const snapshots = await listSnapshots(place)
    if (!isRehearsed) for (const note of notes) terminal.notice(note)
    return {
      name: place.name,
      region: place.account.region,
      removed: due.map(itemOf),
      left,
      snapshots,
      foreign: foreign.map(itemOf),
      ...settings,
    }
  }
  return inSession(options, terminal, work, (place) => makeExample(place, options.envFile))
}

function refuse(options: DownOptions, terminal: Terminal): void {
  const { snapshot, yes, dryRun } = options
  const ofSnapshot = snapshot === undefined ? undefined : faultOfSnapshot(snapshot)
  const faults = [
    ...faultsOfSession(options),
    ...(ofSnapshot ? [ofSnapshot] : []),
    ...(yes || dryRun || terminal.isInteractive
      ? []
      : ['--yes is not given, and there is no terminal to ask on: it is expected in scripts']),
  ]
  if (faults.length === 0) return
  const list = faults.map((fault) => `  ${fault}`).join('\n')
  throw new UsageError(`The cluster cannot be taken down so:\n${list}`)
}

// Settings that lead to what cannot be looked for say that it may well be there.
function tellUnseen(inventory: Inventory, { name, envFile }: DownOptions, terminal: Terminal) {
  const text = unseenText(inventory)
  if (text === undefined) return
  if (readVariables(envFile).REDSHIFT_WORKGROUP === name) throw inventory.unseen[0]!.error
  terminal.notice(text)
}

async function agree(
  due: Holding[],
  foreign: Holding[],
  { yes, dryRun, snapshot }: DownOptions,
  { terminal, place }: Session,
): Promise<void> {
  if (snapshot !== undefined) await refuseTakenName(place, due, snapshot)
  if (dryRun) return
  const { region, id } = place.account
  for (const holding of foreign) {
    terminal.notice(`Left alone, as it has not our tags:\n${itemText(itemOf(holding))}`)
  }
  if (due.length === 0) {
    terminal.notice(`Nothing of ${place.name} is there in ${region}, account ${id}.`)
    return
  }
  const list = due.map((holding) => itemText(itemOf(holding))).join('\n')
  terminal.notice(
    `In ${region}, account ${id}, this will be removed:\n${list}\n${dataText(snapshot)}`,
  )
  if (yes) return
  const answer = await terminal.ask('Remove it? [y/N] ', place.patience.signal)
  if (!/^y(es)?$/i.test(answer)) throw new UsageError('Not agreed to: nothing was removed.')
}

function dataText(snapshot: string | undefined): string {
  return snapshot === undefined
    ? 'Its data goes with it: no snapshot is kept (--snapshot NAME keeps one).'
    : `Its data is kept in the snapshot ${snapshot}, which costs until it is deleted.`
}

async function forget({
  name,
  envFile,
}: DownOptions): Promise<Pick<DownReport, 'settingsRemoved' | 'formerFile'>> {
  if (!settingsLeadTo(name, readVariables(envFile)))
    return { settingsRemoved: false, formerFile: undefined }
  const { updateEnvFile } = await import('./env-file.ts')
  return { settingsRemoved: true, formerFile: await updateEnvFile(noConnection, envFile) }
}
