import { expect } from 'chai'
import { nameOf } from '../aws-stub/call'
import { type Scenario, openScenario, ownSettings } from '../aws-stub/scenario'
import { sideBySide } from '../aws-stub/side-by-side'
import { type Outcome, useCommands } from './command'

interface Rehearsed {
  calls: { service: string; operation: string }[]
}

const steps = ['up', 'status', 'down'] as const

const kinds: { title: string; words: string[]; steps: readonly (typeof steps)[number][] }[] = [
  { title: 'a provisioned cluster', words: [], steps },
  { title: 'Redshift Serverless', words: ['--serverless'], steps },
  {
    title: 'subnets that are named',
    words: ['--subnets', 'subnet-00000000000000001'],
    steps: ['up'], // without a look at the account nobody knows what else is there
  },
]

/** What a command would call, and then what it calls: in an account where nothing has to be waited for. */
async function rehearse(
  { stub }: Scenario,
  command: (words: string[]) => Promise<Outcome>,
): Promise<{ would: string[]; does: string[] }> {
  const before = stub.calls.length
  const dry = await command(['--dry-run', '--json'])
  expect(dry.code, dry.stderr).to.equal(0)
  expect(stub.calls, 'calls of the dry run').to.have.length(before)
  const { calls } = JSON.parse(dry.stdout) as Rehearsed
  const would = calls.map(({ service, operation }) => `${service}:${operation}`)
  const { code, stderr } = await command([])
  expect(code, stderr).to.equal(0)
  return { would, does: stub.calls.slice(before).map(nameOf) }
}

describe('sparkify cluster --dry-run lists every call and makes none, of', () => {
  const commands = useCommands()

  const playOf = sideBySide(kinds, async ({ words, steps }) => {
    const scenario = await openScenario(commands, { looks: 0 })
    const played = new Map<string, Awaited<ReturnType<typeof rehearse>>>()
    for (const step of steps) {
      const given = step === 'up' ? words : []
      played.set(step, await rehearse(scenario, (more) => scenario[step]([...given, ...more])))
    }
    await scenario.close()
    return played
  })

  for (const kind of kinds) {
    for (const step of kind.steps) {
      it(`${step}, for ${kind.title}`, async () => {
        const { would, does } = (await playOf(kind)).get(step)!
        expect(would).to.deep.equal(does)
      })
    }
  }

  it('up, and leaves .env as it is', async () => {
    const scenario = await openScenario(commands)
    const { code, stdout, stderr } = await scenario.up(['--dry-run'])
    await scenario.close()
    expect(code, stderr).to.equal(0)
    expect(stdout).to.match(/^redshift:CreateCluster \{"ClusterIdentifier":"sparkify-test",/m)
    expect(scenario.settings).to.equal(ownSettings)
    expect(scenario.stub.calls).to.deep.equal([])
  })
})
