import { expect } from 'chai'
import { prices } from '../../lib/cluster/prices'
import { readCommands, readGuide, readGuidePolicy, readImpliedActions } from '../aws-stub/guide'
import { actionsOf } from '../aws-stub/policy'
import { type Scenario, openScenario } from '../aws-stub/scenario'
import { sideBySide } from '../aws-stub/side-by-side'
import { useCommands } from './command'

const subnets = ['--subnets', 'subnet-00000000000000001', 'subnet-00000000000000002']
const signIn = ['sql', 'select 1', '--env', 'production']

/** Everything that can happen to a warehouse, so that every request is made. */
const lives: { title: string; live: (scenario: Scenario) => Promise<unknown> }[] = [
  {
    title: 'a cluster whose role and state were changed',
    async live(scenario) {
      const { account } = scenario.stub
      await done(scenario.up(subnets))
      await scenario.run(signIn)
      account.roles.forEach((role) => (role.trust = '{}'))
      account.clusters.forEach((cluster) => cluster.roles.clear())
      await done(scenario.up(subnets))
      account.roles.forEach(({ attached }) => attached.add('arn:aws:iam::aws:policy/ReadOnly'))
      account.clusters.forEach((cluster) => (cluster.status = 'paused'))
      await done(scenario.up(subnets))
      await done(scenario.down(['--snapshot', 'last-one']))
    },
  },
  {
    title: 'a workgroup whose namespace has lost its role',
    async live(scenario) {
      await done(scenario.up(['--serverless']))
      await scenario.run(signIn)
      scenario.stub.account.namespaces.forEach((namespace) => (namespace.roles = []))
      await done(scenario.up(['--serverless', '--sign-in', 'secret']))
      await scenario.run(signIn)
      await done(scenario.status())
      await done(scenario.down(['--snapshot', 'last-one']))
    },
  },
]

describe('The guide to Amazon Redshift', () => {
  const commands = useCommands()

  const permissionsOf = sideBySide(lives, async ({ live }) => {
    const scenario = await openScenario(commands)
    await live(scenario)
    await scenario.close()
    expect(scenario.stub.account.leftovers()).to.deep.equal([])
    return scenario.stub.permissions
  })

  for (const life of lives) {
    it(`has a policy that is enough for ${life.title}`, async () => {
      expect((await permissionsOf(life)).size).to.be.greaterThan(10)
    })
  }

  it('has a policy that allows nothing that is not needed, or said to be asked for by AWS', async () => {
    const needed = new Set(readImpliedActions())
    for (const life of lives) {
      for (const action of await permissionsOf(life)) needed.add(action)
    }
    expect([...needed].sort()).to.deep.equal(actionsOf(readGuidePolicy()).sort())
  })

  it('has commands that can be run as they stand', async () => {
    const scenario = await openScenario(commands)
    for (const words of readCommands()) {
      const { code, stderr } = await scenario.run([...words, '--dry-run'])
      expect(code, `${words.join(' ')}\n${stderr}`).to.equal(0)
    }
    await scenario.close()
    expect(readCommands()).to.have.length.greaterThan(3)
  })

  it('has the prices that the commands tell', () => {
    for (const [nodeType, price] of Object.entries(prices.node)) {
      expect(readGuide()).to.match(new RegExp(`^\\| one ${nodeType} node.* \\| ${price} `, 'm'))
    }
    expect(readGuide()).to.match(new RegExp(`^\\| Serverless, one RPU +\\| ${prices.rpu} `, 'm'))
  })
})

async function done(command: ReturnType<Scenario['up']>): Promise<void> {
  const { code, stderr } = await command
  expect(code, stderr).to.equal(0)
}
