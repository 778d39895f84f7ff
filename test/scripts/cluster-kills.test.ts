import { expect } from 'chai'
import { type Scenario, openScenario, ownSettings } from '../aws-stub/scenario'
import { sideBySide } from '../aws-stub/side-by-side'
import { type Running, useCommands } from './command'

interface Stop {
  words: string[]
  /** The write, from 1, after which the command is killed: done in AWS, and nobody has been told. */
  write: number
  made: string
}

const doors = ['the role', 'its policy', 'the security group', 'the ingress rule']
const kinds: [cluster: string[], serverless: string[]] = [[], ['--serverless']]
const stops: Stop[] = [
  ...[...doors, 'the cluster'].map((made, i) => ({ words: kinds[0], write: i + 1, made })),
  // What comes before is the same as of a cluster.
  ...['the namespace', 'the workgroup'].map((made, i) => ({
    words: kinds[1],
    write: doors.length + i + 1,
    made,
  })),
]

describe('sparkify cluster up, killed as soon as AWS has made', () => {
  const commands = useCommands()

  const outcomeOf = sideBySide(stops, async ({ words, write }) => {
    const scenario = await openScenario(commands)
    await killAt(write, scenario, scenario.startUp(words))
    const twin = await scenario.stub.twin()
    const down = await scenario.down([], twin.variables)
    const kept = { left: twin.account.leftovers(), settings: scenario.settings }
    await twin.close()
    const up = await scenario.up(words)
    const made = thingsIn(scenario)
    await scenario.close()
    return { up, made, down, ...kept }
  })

  const wholeOf = sideBySide(kinds, async (words) => {
    const scenario = await openScenario(commands)
    await scenario.up(words)
    const made = thingsIn(scenario)
    await scenario.close()
    return made
  })

  for (const stop of stops) {
    it(`${stop.made}: down leaves nothing`, async () => {
      const { down, left, settings } = await outcomeOf(stop)
      expect(down.code, down.stderr).to.equal(0)
      expect(left).to.deep.equal([])
      expect(settings).to.equal(ownSettings)
    })

    it(`${stop.made}: run again, it makes what a run that was not killed makes`, async () => {
      const { up, made } = await outcomeOf(stop)
      expect(up.code, up.stderr).to.equal(0)
      expect(made).to.deep.equal(await wholeOf(stop.words))
    })
  }
})

describe('sparkify cluster down, killed in the middle', () => {
  const commands = useCommands()
  const writes = ['the cluster', 'its rule', 'its security group', 'the policy', 'the role']

  const stopsOfDown = ['the cluster', 'its security group']

  const outcomeOf = sideBySide(stopsOfDown, async (gone) => {
    const scenario = await openScenario(commands)
    await scenario.up()
    await killAt(writes.indexOf(gone) + 1, scenario, scenario.start(['down', '--yes']))
    const outcome = await scenario.down()
    await scenario.close()
    return { ...outcome, left: scenario.stub.account.leftovers(), settings: scenario.settings }
  })

  for (const gone of stopsOfDown) {
    it(`after ${gone}: run again, it leaves nothing`, async () => {
      const { code, stderr, left, settings } = await outcomeOf(gone)
      expect(code, stderr).to.equal(0)
      expect(left).to.deep.equal([])
      expect(settings).to.equal(ownSettings)
    })
  }
})

/** Kills a command when AWS has carried out its write of that number, before it is told. */
async function killAt(write: number, { stub }: Scenario, command: Running): Promise<void> {
  const { child, ended } = command
  await Promise.race([stub.hold(write), ended])
  child.kill('SIGKILL')
  expect((await ended).signal).to.equal('SIGKILL')
  stub.mend()
}

/** What an account holds and what leads there, without what is new in each. */
function thingsIn({ stub, settings }: Scenario): string {
  const { roles, groups, clusters, namespaces, workgroups } = stub.account
  const things = [roles, groups, clusters, namespaces, workgroups].map((all) => [...all.values()])
  const text = JSON.stringify([things, settings], (key, value: unknown) =>
    value instanceof Map ? [...(value as Map<string, unknown>)] : isNew(key) ? '' : value,
  )
  return text.replaceAll(String(stub.account.address.port), 'PORT')
}

function isNew(key: string): boolean {
  return ['created', 'timeline', 'lingers'].includes(key)
}
